package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Rendering;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of a delivery's execution: what was rendered when it was planned, and what it is
 * about. Holds nothing secret: where to send it, and what to sign it with, is read when it is sent.
 *
 * @param rendering empty if rendering failed
 */
record DeliveryPayload(
    UUID channelId,
    String channelType,
    String event,
    UUID jobId,
    UUID executionId,
    Optional<Rendering> rendering) {

  private static final String CHANNEL_ID = "channel_id";
  private static final String CHANNEL_TYPE = "channel_type";
  private static final String EVENT = "event";
  private static final String JOB_ID = "job_id";
  private static final String EXECUTION_ID = "execution_id";
  private static final String CONTENT_TYPE = "content_type";
  private static final String BODY = "body";

  String write() {
    ObjectNode json =
        JsonText.object()
            .put(CHANNEL_ID, channelId.toString())
            .put(CHANNEL_TYPE, channelType)
            .put(EVENT, event)
            .put(JOB_ID, jobId.toString())
            .put(EXECUTION_ID, executionId.toString());
    rendering.ifPresent(
        rendered -> json.put(CONTENT_TYPE, rendered.contentType()).put(BODY, rendered.body()));
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
          UUID.fromString(json.required(JOB_ID).stringValue()),
          UUID.fromString(json.required(EXECUTION_ID).stringValue()),
          json.has(BODY)
              ? Optional.of(
                  new Rendering(
                      json.required(CONTENT_TYPE).stringValue(), json.required(BODY).stringValue()))
              : Optional.empty());
    } catch (RuntimeException e) { // of the parser or of UUID; their messages quote the text
      throw new IllegalStateException(
          "expected the payload of a delivery, got something else (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }
}
