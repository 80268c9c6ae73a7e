package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What claims look at where much waits that the node can't run. */
class ClaimWindowTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Claim NOTHING = new Claim(List.of(), Optional.empty(), 1);

  private final ClaimWindow window = new ClaimWindow();

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }

  private static ClaimRequest request(int room) {
    return new ClaimRequest(
        "node", Map.of("queue", room), Set.of("handler"), NOW, NOW, NOW.plusSeconds(30));
  }

  @Test
  void all_is_looked_at_as_long_as_that_is_fast() {
    assertThat(ClaimWindow.isTooSlow(request(3), NOTHING, millis(5))).isFalse();
    assertThat(ClaimWindow.isTooSlow(request(3), NOTHING, millis(30))).isTrue();
    assertThat(window.since(millis(9_999))).isEqualTo(ClaimWindow.ALL);
  }

  @Test
  void a_claim_that_left_something_behind_has_not_looked_at_all() {
    try (JobStore store = new InMemoryJobStore()) {
      store.write(Samples.enqueue(3));
      Claim three = Samples.claim(store, 3);
      assertThat(ClaimWindow.isTooSlow(request(3), three, millis(30))).isFalse();
      assertThat(ClaimWindow.isTooSlow(request(4), three, millis(30))).isTrue();
    }
  }

  @Test
  void after_a_slow_look_at_all_it_is_what_is_new_for_ten_times_as_long() {
    window.narrow(ClaimWindow.ALL, NOW, 0, millis(600));
    assertThat(window.since(millis(700))).isEqualTo(NOW.minusSeconds(5));
    assertThat(window.since(millis(6_599))).isEqualTo(NOW.minusSeconds(5));
    assertThat(window.since(millis(6_600))).isEqualTo(ClaimWindow.ALL);
    assertThat(window.since(millis(6_601))).isEqualTo(ClaimWindow.ALL);
  }

  @Test
  void it_is_for_a_second_at_least_and_no_longer_because_others_follow() {
    window.narrow(ClaimWindow.ALL, NOW, 0, millis(30));
    window.narrow(NOW.minusSeconds(5), NOW.plusMillis(900), millis(900), millis(940));
    assertThat(window.since(millis(1_029))).isEqualTo(NOW.plusMillis(900).minusSeconds(5));
    assertThat(window.since(millis(1_030))).isEqualTo(ClaimWindow.ALL);
  }

  @Test
  void what_is_told_to_be_due_earlier_is_looked_at() {
    window.narrow(ClaimWindow.ALL, NOW, 0, millis(600));
    window.widen(NOW);
    assertThat(window.since(millis(700))).isEqualTo(NOW.minusSeconds(5));
    window.widen(NOW.minusSeconds(60));
    assertThat(window.since(millis(700))).isEqualTo(NOW.minusSeconds(60));
    window.widen(Instant.EPOCH);
    assertThat(window.since(millis(700))).isEqualTo(Instant.EPOCH);
  }
}
