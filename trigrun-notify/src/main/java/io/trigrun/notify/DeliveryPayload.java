package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Rendering;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of a delivery's execution: what to send and what it is about. Holds nothing secret:
 * where to send it, and what to sign it with, is read when it is sent.
 *
 * @param isBad whether it is bad news, which may break through quiet hours
 */
record DeliveryPayload(
    UUID channelId,
    String channelType,
    String event,
    DeliverySubject subject,
    boolean isBad,
    DeliveryContent content) {

  private static final String CHANNEL_ID = "channel_id";
  private static final String CHANNEL_TYPE = "channel_type";
  private static final String EVENT = "event";
  private static final String JOB_ID = "job_id";
  private static final String EXECUTION_ID = "execution_id";
  private static final String MONITOR_ID = "monitor_id";
  private static final String BAD = "bad";
  private static final String CONTENT_TYPE = "content_type";
  private static final String BODY = "body";
  private static final String MESSAGE = "message";

  String write() {
    ObjectNode json =
        JsonText.object()
            .put(CHANNEL_ID, channelId.toString())
            .put(CHANNEL_TYPE, channelType)
            .put(EVENT, event);
    subject.jobId().ifPresent(id -> json.put(JOB_ID, id.toString()));
    subject.executionId().ifPresent(id -> json.put(EXECUTION_ID, id.toString()));
    subject.monitorId().ifPresent(id -> json.put(MONITOR_ID, id.toString()));
    if (isBad) {
      json.put(BAD, true);
    }
    content
        .rendering()
        .ifPresent(
            rendered -> json.put(CONTENT_TYPE, rendered.contentType()).put(BODY, rendered.body()));
    content.message().ifPresent(message -> json.set(MESSAGE, MessageJson.write(message)));
    content.template().ifPresent(template -> TemplateJson.put(json, template));
    return JsonText.write(json);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if it is something else
   */
  static DeliveryPayload read(String text) {
    try {
      JsonNode json = JsonText.read(text);
      return new DeliveryPayload(
          UUID.fromString(json.required(CHANNEL_ID).stringValue()),
          json.required(CHANNEL_TYPE).stringValue(),
          json.required(EVENT).stringValue(),
          new DeliverySubject(
              id(json.get(JOB_ID)), id(json.get(EXECUTION_ID)), id(json.get(MONITOR_ID))),
          json.path(BAD).booleanValue(false),
          content(json));
    } catch (RuntimeException e) { // of the parser or of UUID; their messages quote the text
      throw new IllegalStateException(
          "expected the payload of a delivery, got something else (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static DeliveryContent content(JsonNode json) {
    return json.has(BODY)
        ? DeliveryContent.of(
            new Rendering(
                json.required(CONTENT_TYPE).stringValue(), json.required(BODY).stringValue()))
        : DeliveryContent.of(MessageJson.read(json.required(MESSAGE)), TemplateJson.of(json));
  }

  private static Optional<UUID> id(@Nullable JsonNode node) {
    return Optional.ofNullable(node).map(JsonNode::stringValue).map(UUID::fromString);
  }
}
