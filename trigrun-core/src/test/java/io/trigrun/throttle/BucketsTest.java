package io.trigrun.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-11-22T09:00:00Z"));

  @Test
  void a_burst_is_free_and_then_tokens_come_back_one_by_one() {
    Buckets buckets = new Buckets(3, Duration.ofSeconds(10), clock);

    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isEmpty();
    }
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(10));
    assertThat(buckets.take("b")).isEmpty();
    clock.advance(Duration.ofSeconds(4));
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(6));
    clock.advance(Duration.ofSeconds(6));
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(10));
    clock.advance(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isEmpty();
    }
    assertThat(buckets.take("a")).isPresent();
  }

  @Test
  void a_clock_that_is_set_back_locks_nobody_out() {
    Buckets buckets = new Buckets(1, Duration.ofSeconds(10), clock);
    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).isPresent();

    clock.advance(Duration.ofHours(-1));

    assertThat(buckets.take("a")).contains(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    assertThat(buckets.take("a")).isEmpty();
  }
}
