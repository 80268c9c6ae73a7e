package io.trigrun.notify.channel;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.ExecutionMessage;
import io.trigrun.notify.provider.Message;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that a webhook gets, key for key and in this order (row N2). */
final class WebhookPayload {

  private static final int LONGEST_OUTPUT = 16_384;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private WebhookPayload() {}

  static String of(Message message, boolean includeOutput) {
    if (message instanceof ExecutionMessage execution) {
      return of(execution, includeOutput);
    }
    throw new IllegalStateException("a message of an unknown kind: " + message.getClass());
  }

  private static String of(ExecutionMessage message, boolean includeOutput) {
    ObjectNode payload = JsonText.object();
    payload.put("event", message.event());
    payload.putObject("job").put("id", message.jobId().toString()).put("name", message.jobName());
    payload
        .putObject("execution")
        .put("id", message.executionId().toString())
        .put("status", message.status())
        .put("status_code", message.statusCode().orElse(null))
        .put("body_preview", message.bodyPreview().orElse(null))
        .put("error_class", message.errorClass().orElse(null));
    payload.set("output", output(message.output().filter(text -> includeOutput)));
    payload.put("timestamp", millis(message.at()));
    return JsonText.write(payload);
  }

  private static JsonNode output(Optional<String> json) {
    JsonNode none = JsonNodeFactory.instance.nullNode();
    try {
      return json.filter(text -> text.length() <= LONGEST_OUTPUT).map(JsonText::read).orElse(none);
    } catch (JacksonException e) { // not a JSON text after all: nothing that could be passed on
      return none;
    }
  }

  private static String millis(Instant at) {
    return MILLIS.format(at);
  }
}
