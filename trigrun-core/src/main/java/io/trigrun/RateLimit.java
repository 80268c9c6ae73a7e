package io.trigrun;

import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * How often something may start, in the whole cluster (row S30): in no stretch of time as long as
 * {@code per} do more than {@code limit} attempts start. Retries count as starts; going on after a
 * wait does not. What is over the limit is not failed and takes no attempt: it waits for its turn,
 * holding nothing.
 *
 * @param limit 1 to 1,000,000; as many may start at once after a quiet time
 * @param per 100 ms to 1 day
 */
public record RateLimit(int limit, Duration per) {

  private static final int MOST = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofDays(1);

  public RateLimit {
    Problems problems = new Problems();
    problems.check(limit >= 1 && limit <= MOST, "rate_limit.limit", "1 to 1,000,000", limit);
    problems.check(
        per.compareTo(SHORTEST) >= 0 && per.compareTo(LONGEST) <= 0,
        "rate_limit.per_seconds",
        "0.1 to 86,400 seconds",
        per);
    problems.throwIfAny();
  }

  /**
   * At most so many starts within any such time.
   *
   * @throws io.trigrun.validation.ValidationException if one of them is out of range
   */
  public static RateLimit of(int limit, Duration per) {
    return new RateLimit(limit, per);
  }
}
