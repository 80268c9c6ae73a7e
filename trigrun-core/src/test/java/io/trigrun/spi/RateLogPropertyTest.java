package io.trigrun.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.contract.RateWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whoever asks, whenever, for whichever keys: no window holds more turns than its limit. */
class RateLogPropertyTest {

  private static final Instant START = Instant.parse("2026-03-16T10:00:00.123457Z");

  private final Map<String, String> stored = new HashMap<>();
  private final Map<String, List<Instant>> turns = new HashMap<>();

  /** As a store does: each time from the text and back. */
  private Instant reserve(Instant from, Rate... rates) {
    RateReservation reservation = new RateReservation(List.of(rates), from);
    Map<String, RateLog> logs = new HashMap<>();
    for (String key : RateLog.keys(List.of(reservation))) {
      String text = stored.get(key);
      logs.put(key, text == null ? RateLog.empty() : RateLog.parse(text));
    }
    Instant turn = RateLog.reserve(List.of(reservation), logs).get(0);
    logs.forEach((key, log) -> stored.put(key, log.text()));
    logs.keySet().forEach(key -> turns.computeIfAbsent(key, k -> new ArrayList<>()).add(turn));
    assertThat(turn).isAfterOrEqualTo(from);
    return turn;
  }

  @Property(tries = 50)
  void no_window_holds_more_turns_than_its_limit(
      @ForAll @IntRange(min = 1, max = 60) int jobLimit,
      @ForAll @IntRange(min = 1, max = 60) int hostLimit,
      @ForAll @IntRange(min = 100, max = 5_000) int windowMillis,
      @ForAll @IntRange(min = 1, max = 100_000) int mostMicrosBetween,
      @ForAll long seed) {
    stored.clear();
    turns.clear();
    Random random = new Random(seed);
    Rate job = new Rate("job", jobLimit, Duration.ofMillis(windowMillis));
    Rate host = new Rate("host", hostLimit, Duration.ofMillis(1_050));
    Instant now = START;
    for (int i = 0; i < 150; i++) {
      now = now.plusNanos(1_000L * random.nextInt(mostMicrosBetween));
      // Clocks of nodes are never quite the same.
      Instant from = now.minusNanos(1_000L * random.nextInt(20_000));
      switch (random.nextInt(3)) {
        case 0 -> reserve(from, job);
        case 1 -> reserve(from, host);
        default -> reserve(from, job, host);
      }
    }
    Stream.of(job, host)
        .forEach(
            rate ->
                assertThat(
                        RateWindow.most(turns.getOrDefault(rate.key(), List.of()), rate.window()))
                    .isLessThanOrEqualTo(rate.limit()));
    assertThat(stored.values()).allSatisfy(text -> assertThat(text.length()).isLessThan(16_000));
  }

  @Property(tries = 30)
  void a_long_queue_moves_at_the_full_rate_and_in_order(
      @ForAll @IntRange(min = 1, max = 150) int limit,
      @ForAll @IntRange(min = 0, max = 5_000) int mostMicrosBetween,
      @ForAll long seed) {
    stored.clear();
    turns.clear();
    Random random = new Random(seed);
    Rate rate = new Rate("key", limit, Duration.ofSeconds(1));
    Instant now = START;
    Instant last = START;
    int count = 20 * limit;
    for (int i = 0; i < count; i++) {
      now = now.plusNanos(1_000L * (random.nextInt(mostMicrosBetween + 1) / limit));
      Instant turn = reserve(now, rate);
      assertThat(turn).isAfterOrEqualTo(last);
      last = turn;
    }
    assertThat(RateWindow.most(turns.getOrDefault("key", List.of()), rate.window()))
        .isEqualTo(limit);
    // Twenty windows' worth, the first of which begins at once; on a grid a cell is lost, once or
    // twice.
    assertThat(Duration.between(START, last)).isLessThan(Duration.ofMillis(19_100));
    assertThat(stored.values()).allSatisfy(text -> assertThat(text.length()).isLessThan(16_000));
  }
}
