package io.trigrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** S6: a wait lies within its bounds whatever the policy. */
class RetryAndBackoffPropertyTest {

  @Property
  void a_wait_lies_between_the_part_that_is_not_jitter_and_the_whole(
      @ForAll @LongRange(max = 86_400_000) long initial,
      @ForAll @DoubleRange(min = 1, max = 100) double multiplier,
      @ForAll @LongRange(max = 2_000_000_000L) long beyond,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll @IntRange(min = 1, max = 100) int attempt,
      @ForAll long seed) {
    Duration first = Duration.ofMillis(initial);
    BackoffPolicy policy = new BackoffPolicy(first, multiplier, first.plusMillis(beyond), jitter);
    double whole =
        Math.min(initial * Math.pow(multiplier, attempt - 1.0), (double) (initial + beyond));

    long wait = policy.delay(attempt, new Random(seed)).toMillis();

    assertThat((double) wait).isBetween(whole * (1 - jitter) - 1, whole + 1);
    assertThat(wait).isLessThanOrEqualTo(policy.max().toMillis());
  }

  @Property
  void without_jitter_waits_never_shrink(
      @ForAll @LongRange(min = 1, max = 10_000) long initial,
      @ForAll @IntRange(min = 1, max = 99) int attempt) {
    BackoffPolicy policy = BackoffPolicy.exponential(Duration.ofMillis(initial)).withJitter(0);

    assertThat(policy.delay(attempt + 1, new Random()))
        .isGreaterThanOrEqualTo(policy.delay(attempt, new Random()));
  }

  @Property
  void a_retry_policy_keeps_its_statuses_sorted_and_once(
      @ForAll @IntRange(min = 100, max = 599) int status) {
    RetryPolicy policy = RetryPolicy.none().withRetryOnStatuses(status, 100, status);

    assertThat(policy.retryOnStatuses()).contains(100, status).isSubsetOf(100, status);
    assertThat(policy.maxAttempts()).isEqualTo(1);
  }
}
