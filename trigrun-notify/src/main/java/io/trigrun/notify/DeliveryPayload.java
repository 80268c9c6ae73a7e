package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of a delivery's execution: what to send and what it is about. Where to send it, and
 * what to sign it with, is read when it is sent.
 *
 * @param isUrgent whether it may break through quiet hours
 * @param expiresAt from when on nobody needs it
 */
record DeliveryPayload(
    UUID channelId,
    String channelType,
    String event,
    DeliverySubject subject,
    boolean isUrgent,
    Optional<Instant> expiresAt,
    DeliveryContent content) {

  private static final String CHANNEL_ID = "channel_id";
  private static final String CHANNEL_TYPE = "channel_type";
  private static final String EVENT = "event";
  private static final String JOB_ID = "job_id";
  private static final String EXECUTION_ID = "execution_id";
  private static final String MONITOR_ID = "monitor_id";
  private static final String URGENT = "urgent";
  private static final String EXPIRES_AT = "expires_at";

  String write() {
    ObjectNode json =
        JsonText.object()
            .put(CHANNEL_ID, channelId.toString())
            .put(CHANNEL_TYPE, channelType)
            .put(EVENT, event);
    subject.jobId().ifPresent(id -> json.put(JOB_ID, id.toString()));
    subject.executionId().ifPresent(id -> json.put(EXECUTION_ID, id.toString()));
    subject.monitorId().ifPresent(id -> json.put(MONITOR_ID, id.toString()));
    if (isUrgent) {
      json.put(URGENT, true);
    }
    expiresAt.ifPresent(at -> json.put(EXPIRES_AT, at.toString()));
    ContentJson.put(json, content);
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
          json.path(URGENT).booleanValue(false),
          Optional.ofNullable(json.get(EXPIRES_AT)).map(JsonNode::stringValue).map(Instant::parse),
          ContentJson.of(json));
    } catch (RuntimeException e) { // of the parser or of UUID; their messages quote the text
      throw new IllegalStateException(
          "expected the payload of a delivery, got something else (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static Optional<UUID> id(@Nullable JsonNode node) {
    return Optional.ofNullable(node).map(JsonNode::stringValue).map(UUID::fromString);
  }
}
