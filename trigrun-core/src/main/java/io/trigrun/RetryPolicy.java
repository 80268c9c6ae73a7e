package io.trigrun;

import io.trigrun.validation.Problems;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a failed attempt is followed by another (row S6). Timeouts, broken connections and
 * exceptions are always worth another attempt; an HTTP answer only if its status is listed.
 * Immutable.
 *
 * @param maxAttempts the first one included; 1 to 100
 * @param retryOnStatuses HTTP statuses after which to try again; 100 to 599 each
 * @param backoff how long to wait in between; a {@code Retry-After} of the other side makes the
 *     wait longer, never shorter
 */
public record RetryPolicy(int maxAttempts, Set<Integer> retryOnStatuses, BackoffPolicy backoff) {

  private static final Set<Integer> DEFAULT_STATUSES = Set.of(429, 500, 502, 503, 504);
  private static final RetryPolicy DEFAULT =
      new RetryPolicy(3, DEFAULT_STATUSES, BackoffPolicy.standard());

  public RetryPolicy {
    Problems.require(
        maxAttempts >= 1 && maxAttempts <= 100,
        "retry_policy.max_attempts",
        "1 to 100",
        maxAttempts);
    for (int status : retryOnStatuses) {
      Problems.require(
          status >= 100 && status <= 599,
          "retry_policy.retry_on_statuses",
          "statuses from 100 to 599",
          status);
    }
    retryOnStatuses = Collections.unmodifiableSet(new TreeSet<>(retryOnStatuses));
  }

  /** 3 attempts, 250 ms doubling in between, statuses 429, 500, 502, 503, 504. */
  public static RetryPolicy standard() {
    return DEFAULT;
  }

  /** One attempt, no retry. */
  public static RetryPolicy none() {
    return attempts(1);
  }

  /** As {@link #standard()} with another number of attempts. */
  public static RetryPolicy attempts(int max) {
    return DEFAULT.withMaxAttempts(max);
  }

  public RetryPolicy withMaxAttempts(int value) {
    return new RetryPolicy(value, retryOnStatuses, backoff);
  }

  public RetryPolicy withBackoff(BackoffPolicy value) {
    return new RetryPolicy(maxAttempts, retryOnStatuses, value);
  }

  public RetryPolicy withRetryOnStatuses(int... statuses) {
    return new RetryPolicy(
        maxAttempts, Set.copyOf(Arrays.stream(statuses).boxed().distinct().toList()), backoff);
  }
}
