package io.trigrun;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt (row S6). Immutable; one instance may serve any number
 * of jobs.
 *
 * @param initial the wait after the first failed attempt; 0 to 24 h
 * @param multiplier by what each further wait grows; 1 to 100
 * @param max no wait is longer; at least {@code initial}, at most 30 days
 * @param jitter how much of a wait is left to chance: 0 none, 0.5 the upper half (so between half
 *     and all of it), 1 all of it. Jitter keeps jobs that failed together from coming back together
 */
public record BackoffPolicy(Duration initial, double multiplier, Duration max, double jitter) {

  private static final Duration LONGEST_INITIAL = Duration.ofHours(24);
  private static final Duration LONGEST_MAX = Duration.ofDays(30);
  private static final BackoffPolicy DEFAULT = exponential(Duration.ofMillis(250));

  public BackoffPolicy {
    Problems.require(
        !initial.isNegative() && initial.compareTo(LONGEST_INITIAL) <= 0,
        "retry_policy.backoff.initial",
        "0 s to 24 h",
        initial);
    Problems.require(
        multiplier >= 1 && multiplier <= 100,
        "retry_policy.backoff.multiplier",
        "1 to 100",
        multiplier);
    Problems.require(
        max.compareTo(initial) >= 0 && max.compareTo(LONGEST_MAX) <= 0,
        "retry_policy.backoff.max",
        "at least initial (" + initial + ") and at most 30 days",
        max);
    Problems.require(jitter >= 0 && jitter <= 1, "retry_policy.backoff.jitter", "0 to 1", jitter);
  }

  /** 250 ms, doubling, up to one hour, half of it jitter. */
  public static BackoffPolicy standard() {
    return DEFAULT;
  }

  /**
   * Doubling from {@code initial}, up to one hour (or {@code initial}, if that is longer), half of
   * it jitter.
   */
  public static BackoffPolicy exponential(Duration initial) {
    Duration hour = Duration.ofHours(1);
    return new BackoffPolicy(initial, 2, initial.compareTo(hour) > 0 ? initial : hour, 0.5);
  }

  /** The same wait each time, without jitter. */
  public static BackoffPolicy fixed(Duration wait) {
    return new BackoffPolicy(wait, 1, wait, 0);
  }

  public BackoffPolicy withMultiplier(double value) {
    return new BackoffPolicy(initial, value, max, jitter);
  }

  public BackoffPolicy withMax(Duration value) {
    return new BackoffPolicy(initial, multiplier, value, jitter);
  }

  public BackoffPolicy withJitter(double value) {
    return new BackoffPolicy(initial, multiplier, max, value);
  }

  /**
   * The wait after an attempt failed.
   *
   * @param attempt the number of the attempt that failed, from 1
   * @return between {@code (1 - jitter) x} and {@code 1 x} of {@code min(max, initial x
   *     multiplier^(attempt - 1))}
   */
  public Duration delay(int attempt, RandomGenerator random) {
    Problems.require(attempt >= 1, "attempt", "1 or more", attempt);
    double full =
        Math.min(initial.toMillis() * Math.pow(multiplier, attempt - 1.0), (double) max.toMillis());
    return Duration.ofMillis(Math.round(full * (1 - jitter * random.nextDouble())));
  }
}
