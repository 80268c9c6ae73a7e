package io.trigrun.inbound;

import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * What an adapter reads of a request at most. It answers 413, 431, 414, 408 or 503 to more, before
 * any route is asked.
 *
 * @param bodyBytes of the body, 0 to 64 MiB; 1 MiB by default
 * @param headers how many header lines, 1 to 1,000; 100 by default. Servers have limits of their
 *     own, too
 * @param targetLength characters of path and query, 1 to 65,536; 8,192 by default
 * @param requests at work at once in one mount, reading of bodies included, 1 to 10,000; 256 by
 *     default. One more is answered 503 and may come again
 * @param patience how long a client may take to send its body, and as long again to take the
 *     answer, 1 ms to 1 h; 30 s by default. For its headers see the server's own limits
 */
public record InboundLimits(
    int bodyBytes, int headers, int targetLength, int requests, Duration patience) {

  private static final int MOST_BODY_BYTES = 64 << 20;
  private static final int MOST_HEADERS = 1_000;
  private static final int LONGEST_TARGET = 65_536;
  private static final int MOST_REQUESTS = 10_000;
  private static final Duration LONGEST_PATIENCE = Duration.ofHours(1);
  private static final InboundLimits DEFAULTS =
      new InboundLimits(1 << 20, 100, 8_192, 256, Duration.ofSeconds(30));

  /** See the class for the ranges. */
  public InboundLimits {
    Problems.require(
        bodyBytes >= 0 && bodyBytes <= MOST_BODY_BYTES,
        "body_bytes",
        "0 to " + MOST_BODY_BYTES,
        bodyBytes);
    Problems.require(
        headers >= 1 && headers <= MOST_HEADERS, "headers", "1 to " + MOST_HEADERS, headers);
    Problems.require(
        targetLength >= 1 && targetLength <= LONGEST_TARGET,
        "target_length",
        "1 to " + LONGEST_TARGET,
        targetLength);
    Problems.require(
        requests >= 1 && requests <= MOST_REQUESTS, "requests", "1 to " + MOST_REQUESTS, requests);
    Problems.require(
        patience.toMillis() >= 1 && patience.compareTo(LONGEST_PATIENCE) <= 0,
        "patience",
        "1 ms to 1 h",
        patience);
  }

  /** 1 MiB of body, 100 headers, 8,192 characters of target, 256 requests, 30 s. */
  public static InboundLimits defaults() {
    return DEFAULTS;
  }

  /** The same with another limit for the body. */
  public InboundLimits withBodyBytes(int value) {
    return new InboundLimits(value, headers, targetLength, requests, patience);
  }

  /** The same with another number of requests at once. */
  public InboundLimits withRequests(int value) {
    return new InboundLimits(bodyBytes, headers, targetLength, value, patience);
  }

  /** The same with another time for clients. */
  public InboundLimits withPatience(Duration value) {
    return new InboundLimits(bodyBytes, headers, targetLength, requests, value);
  }
}
