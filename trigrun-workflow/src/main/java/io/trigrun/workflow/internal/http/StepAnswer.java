package io.trigrun.workflow.internal.http;

import io.trigrun.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What the request of a step came to. Without the secrets that were sent, and storable.
 *
 * @param output the body as JSON if it is JSON, else as a text; at most {@link #MAX_BYTES}; empty
 *     if there was no answer
 * @param truncated whether there was more of the body: then the output is the beginning of its text
 * @param status the HTTP status, if there was an answer
 * @param failure why it is no success; empty on success
 * @param retryable whether another attempt may help
 * @param retryAfter how long the server asks to wait
 * @param latency from sending to the end of the answer, if there was one
 */
public record StepAnswer(
    Optional<JsonNode> output,
    boolean truncated,
    OptionalInt status,
    Optional<Failure> failure,
    boolean retryable,
    Optional<Duration> retryAfter,
    Optional<Duration> latency) {

  /** 256 KiB. */
  public static final int MAX_BYTES = 256 * 1024;

  public boolean succeeded() {
    return failure.isEmpty();
  }
}
