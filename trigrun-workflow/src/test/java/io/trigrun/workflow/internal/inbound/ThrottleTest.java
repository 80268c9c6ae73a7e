package io.trigrun.workflow.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.testing.ManualClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-11-22T09:00:00Z"));

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
