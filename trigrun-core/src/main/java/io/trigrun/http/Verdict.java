package io.trigrun.http;

import io.trigrun.AttemptStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one attempt came to: all that an attempt record keeps of an exchange (row S7).
 *
 * @param status {@code SUCCESS}, {@code TIMEOUT}, {@code CONNECTION_ERROR}, {@code HTTP_ERROR}, or
 *     {@code ERROR} when no request could be made
 * @param statusCode the HTTP status, when there was an answer
 * @param errorClass one of {@link ErrorClass}, empty on success
 * @param message what was expected and what came, empty on success; holds no header values
 * @param latency from sending to the end of the answer, when there was one
 * @param output the mapped output as a JSON object; only on success and only with a mapping
 * @param bodyPreview at most 64 KB, see {@link BodyPreview}; when there was an answer
 * @param headers the harmless headers of the answer, names in lower case
 * @param retryAfter how long the server asks to wait, 1 s to 24 h; only with a failure status
 */
public record Verdict(
    AttemptStatus status,
    OptionalInt statusCode,
    Optional<String> errorClass,
    Optional<String> message,
    Optional<Duration> latency,
    Optional<String> output,
    Optional<String> bodyPreview,
    Map<String, String> headers,
    Optional<Duration> retryAfter) {

  public Verdict {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public boolean succeeded() {
    return status == AttemptStatus.SUCCESS;
  }

  /** An attempt without an answer. */
  static Verdict unanswered(AttemptStatus status, String errorClass, String message) {
    return new Verdict(
        status,
        OptionalInt.empty(),
        Optional.of(errorClass),
        Optional.of(message),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }
}
