package io.trigrun.notify.channel;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.DigestSubject;
import io.trigrun.notify.provider.ExecutionSubject;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MonitorSubject;
import io.trigrun.notify.provider.NoteSubject;
import io.trigrun.notify.provider.RunReference;
import io.trigrun.notify.provider.Subject;
import java.net.URI;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON that a webhook gets, key for key and in this order (row N2). */
final class WebhookPayload {

  private static final int LONGEST_OUTPUT = 16_384;

  private WebhookPayload() {}

  static String of(Message message, boolean includeOutput) {
    Subject subject = message.subject();
    ObjectNode payload = JsonText.object();
    if (subject instanceof HostSubject host) {
      return host.payload();
    }
    payload.put("event", message.event());
    if (subject instanceof ExecutionSubject execution) {
      put(payload, execution, includeOutput);
    } else if (subject instanceof MonitorSubject monitor) {
      put(payload, monitor);
    } else if (subject instanceof ApprovalSubject approval) {
      put(payload, approval);
    } else if (subject instanceof NoteSubject note) {
      put(payload, note);
    } else if (subject instanceof DigestSubject digest) {
      put(payload, digest);
    }
    payload.put("timestamp", Timestamps.millis(message.at()));
    return JsonText.write(payload);
  }

  private static void put(ObjectNode payload, ExecutionSubject subject, boolean includeOutput) {
    payload.putObject("job").put("id", subject.jobId().toString()).put("name", subject.jobName());
    payload
        .putObject("execution")
        .put("id", subject.executionId().toString())
        .put("status", subject.status())
        .put("status_code", subject.statusCode().orElse(null))
        .put("body_preview", subject.bodyPreview().orElse(null))
        .put("error_class", subject.errorClass().orElse(null));
    payload.set("output", output(subject.output().filter(text -> includeOutput)));
  }

  private static void put(ObjectNode payload, MonitorSubject subject) {
    payload
        .putObject("monitor")
        .put("id", subject.monitorId().toString())
        .put("name", subject.name())
        .put("expected_interval_sec", subject.expectedInterval().toSeconds())
        .put("last_ping_at", subject.lastPingAt().map(Timestamps::millis).orElse(null));
  }

  private static void put(ObjectNode payload, ApprovalSubject subject) {
    put(payload, subject.run());
    ObjectNode approval =
        payload
            .putObject("approval")
            .put("step", subject.step())
            .put("title", subject.title())
            .put("text", subject.text());
    ObjectNode fields = approval.putObject("fields");
    subject.fields().forEach(fields::put);
    approval
        .put("approver", subject.approver().orElse(null))
        .put("review_url", subject.reviewUrl().map(URI::toString).orElse(null))
        .put("expires_at", Timestamps.millis(subject.expiresAt()));
  }

  private static void put(ObjectNode payload, NoteSubject subject) {
    put(payload, subject.run());
    ObjectNode facts =
        payload
            .putObject("message")
            .put("title", subject.title())
            .put("text", subject.text())
            .putObject("facts");
    subject.facts().forEach(facts::put);
  }

  private static void put(ObjectNode payload, RunReference run) {
    if (run.jobId().isPresent()) {
      payload
          .putObject("job")
          .put("id", run.jobId().get().toString())
          .put("name", run.jobName().orElse(null));
    } else {
      payload.putNull("job");
    }
    payload.putObject("execution").put("id", run.executionId().toString());
  }

  private static void put(ObjectNode payload, DigestSubject subject) {
    ArrayNode items = payload.putArray("items");
    subject.items().forEach(item -> items.add(JsonText.read(of(item, false))));
    payload.put("count", subject.count());
  }

  private static JsonNode output(Optional<String> json) {
    JsonNode none = JsonNodeFactory.instance.nullNode();
    try {
      return json.filter(text -> text.length() <= LONGEST_OUTPUT)
          .map(JsonText::read)
          .filter(node -> !JsonText.isDeeperThan(JsonText.DEEPEST, node))
          .orElse(none);
    } catch (JacksonException e) { // not a JSON text after all: nothing that could be passed on
      return none;
    }
  }
}
