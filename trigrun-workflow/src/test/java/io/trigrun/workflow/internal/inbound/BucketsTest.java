package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

    assertThat(buckets.take("a")).isEmpty();
    assertThat(buckets.take("a")).contains(Duration.ofSeconds(10));
  }

  @Test
  void addresses_of_one_ipv6_network_share_a_bucket_and_others_do_not() {
    Throttle throttle = new Throttle(clock);
    while (throttle.failure(from("2001:db8::1")).isEmpty()) {}

    assertThat(throttle.failure(from("2001:db8:0:0:ffff::2%eth0"))).isPresent();
    assertThat(throttle.failure(from("2001:db8:0:1::1"))).isEmpty();
    assertThat(throttle.failure(from("198.51.100.7"))).isEmpty();
    assertThat(throttle.failure(InboundRequest.of("GET", "/"))).isEmpty();
    assertThat(throttle.failure(from("not:an:address"))).isEqualTo(Optional.empty());
  }

  private static InboundRequest from(String address) {
    return InboundRequest.of("GET", "/").withRemoteAddress(address);
  }
}
