package io.trigrun;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * One try of an {@link Execution} (row S7).
 *
 * @param number 1 for the first try
 * @param status how it ended
 * @param startedAt when the handler was called, to the microsecond
 * @param latency from the call to the end of the answer, to the microsecond
 * @param statusCode the HTTP status, or the exit code of a command, where there was one
 * @param errorClass a short word for what went wrong, {@code HTTP_5XX} for example
 * @param error what went wrong, in a sentence
 * @param bodyPreview the start of the answer's body, the log of a Java handler, or the beginning
 *     and the end of what a command wrote: at most 64 KB, cut on a character
 * @param headers the headers of the answer that are worth keeping
 * @param node the name of the node that made the try
 */
public record Attempt(
    int number,
    AttemptStatus status,
    Instant startedAt,
    Duration latency,
    Optional<Integer> statusCode,
    Optional<String> errorClass,
    Optional<String> error,
    Optional<String> bodyPreview,
    Map<String, String> headers,
    String node) {

  public Attempt {
    startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    latency = latency.truncatedTo(ChronoUnit.MICROS);
    headers = Map.copyOf(headers);
  }
}
