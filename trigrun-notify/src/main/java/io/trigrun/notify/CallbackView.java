package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a callback is about, as its execution's payload says. */
record CallbackView(String event, UUID jobId, UUID executionId) {

  /**
   * Reads the payload of a callback's execution.
   *
   * @throws IllegalStateException if it is something else
   */
  static CallbackView read(String text) {
    try {
      JsonNode json = JsonText.read(text);
      return new CallbackView(
          json.required("event").stringValue(),
          UUID.fromString(json.required("job_id").stringValue()),
          UUID.fromString(json.required("execution_id").stringValue()));
    } catch (RuntimeException e) { // of the parser or of UUID; their messages quote the text
      throw new IllegalStateException(
          "expected the payload of a callback, got something else (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }
}
