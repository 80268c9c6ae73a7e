package io.trigrun.internal.callback;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The payload of a callback's execution: what was rendered when the run ended, and what it is
 * about. The notifications read {@code event}, {@code job_id} and {@code execution_id}, too, to
 * list callbacks beside their own deliveries.
 *
 * @param url where it was to go when the run ended
 * @param secret what it was to be signed with then, as {@code secret://name}
 * @param body the very text that is posted, in every attempt
 */
record CallbackPayload(
    String event, UUID jobId, UUID executionId, String url, Optional<String> secret, String body) {

  /** Numbers keep their digits. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static final String SUCCEEDED = "execution.succeeded";
  static final String FAILED = "execution.failed";

  boolean isAboutSuccess() {
    return event.equals(SUCCEEDED);
  }

  String write() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("event", event)
            .put("job_id", jobId.toString())
            .put("execution_id", executionId.toString())
            .put("url", url)
            .put("body", body);
    secret.ifPresent(reference -> json.put("secret", reference));
    return JSON.writeValueAsString(json);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if it is something else
   */
  static CallbackPayload read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new CallbackPayload(
          json.required("event").stringValue(),
          UUID.fromString(json.required("job_id").stringValue()),
          UUID.fromString(json.required("execution_id").stringValue()),
          json.required("url").stringValue(),
          Optional.ofNullable(json.get("secret")).map(JsonNode::stringValue),
          json.required("body").stringValue());
    } catch (RuntimeException e) { // of the parser or of UUID; their messages quote the text
      throw new IllegalStateException(
          "expected the payload of a callback, got something else (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  /** Without the URL, which may hold a token, and the body. */
  @Override
  public String toString() {
    return "CallbackPayload[" + event + ", " + executionId + "]";
  }
}
