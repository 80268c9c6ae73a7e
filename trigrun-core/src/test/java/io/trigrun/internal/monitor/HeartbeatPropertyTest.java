package io.trigrun.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every life of a monitor, with a check that only looks when it is due. */
class HeartbeatPropertyTest {

  private static final Instant START = Instant.parse("2026-03-16T10:00:00Z");

  private enum What {
    PING,
    PAUSE,
    RESUME,
    UPDATE,
    NOTHING
  }

  /** Time passes, then something happens. */
  private record Step(int seconds, What what, int interval) {}

  /** A monitor, its check and what was told, driven as the engine drives them. */
  private static final class Life {
    private Instant now = START;
    private Heartbeat beat = Heartbeat.created(spec(10), START);
    private Optional<Instant> check = Optional.of(beat.deadline());
    private final List<String> told = new ArrayList<>();

    static MonitorSpec spec(int interval) {
      return new MonitorSpec("m", Duration.ofSeconds(interval), Duration.ofSeconds(5));
    }

    void pass(int seconds) {
      Instant end = now.plusSeconds(seconds);
      while (check.isPresent() && !check.get().isAfter(end)) {
        now = check.get().isAfter(now) ? check.get() : now;
        look();
      }
      now = end;
    }

    private void look() {
      if (beat.isOverdue(now)) {
        become(beat.missed(now));
      } else {
        check = Optional.of(beat.deadline());
      }
    }

    void become(Heartbeat next) {
      if (next.wentDownAfter(beat)) {
        told.add("down");
      }
      if (next.recoveredAfter(beat)) {
        told.add("recovered");
      }
      if (next.needsNewCheckAfter(beat)) {
        check = Optional.of(next.deadline());
      } else if (!next.state().isWatched()) {
        check = Optional.empty();
      }
      beat = next;
    }

    void take(Step step) {
      pass(step.seconds());
      switch (step.what()) {
        case PING -> become(beat.pinged(now));
        case PAUSE -> become(beat.paused());
        case RESUME -> become(beat.resumed(now));
        case UPDATE -> become(beat.with(spec(step.interval())));
        case NOTHING -> {}
      }
      pass(0);
    }
  }

  @Provide
  Arbitrary<List<Step>> lives() {
    return lives(0);
  }

  @Provide
  Arbitrary<List<Step>> livesWithWildClocks() {
    return lives(-100);
  }

  private static Arbitrary<List<Step>> lives(int leastSeconds) {
    return Combinators.combine(
            Arbitraries.integers().between(leastSeconds, 30),
            Arbitraries.of(What.class),
            Arbitraries.integers().between(1, 40))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 2_000)
  void it_is_down_exactly_when_silence_lasted_longer_than_interval_and_grace(
      @ForAll("lives") List<Step> steps) {
    Life life = new Life();
    for (Step step : steps) {
      life.take(step);
      Heartbeat beat = life.beat;
      boolean silent = !life.now.isBefore(beat.deadline());
      switch (beat.state()) {
        case PENDING, UP -> assertThat(silent).isFalse();
        case DOWN -> assertThat(life.told).last().isEqualTo("down");
        case PAUSED -> assertThat(life.check).isEmpty();
      }
    }
  }

  @Property(tries = 2_000)
  void a_recovery_is_told_once_after_each_down_that_a_ping_ended(
      @ForAll("livesWithWildClocks") List<Step> steps) {
    Life life = new Life();
    for (Step step : steps) {
      int before = life.told.size();
      life.take(step);
      if (step.what() != What.PING) {
        assertThat(life.told.subList(before, life.told.size())).doesNotContain("recovered");
      }
      boolean lastWasDown =
          !life.told.isEmpty() && life.told.get(life.told.size() - 1).equals("down");
      assertThat(life.beat.downSince().isPresent()).isEqualTo(lastWasDown);
      assertThat(life.beat.state() == MonitorState.UP && lastWasDown).isFalse();
    }
    assertThat(life.told).doesNotContainSequence("recovered", "recovered");
    assertThat(life.told.isEmpty() || life.told.get(0).equals("down")).isTrue();
  }

  @Property(tries = 2_000)
  void somebody_always_looks_in_time_while_it_is_watched_and_nobody_else(
      @ForAll("livesWithWildClocks") List<Step> steps) {
    Life life = new Life();
    for (Step step : steps) {
      life.take(step);
      if (life.beat.state().isWatched()) {
        assertThat(life.check).isPresent();
        assertThat(life.check.get()).isBeforeOrEqualTo(life.beat.deadline());
      } else {
        assertThat(life.check).isEmpty();
      }
    }
  }

  @Property(tries = 500)
  void a_ping_counts_from_when_it_comes_whatever_the_clock_said_before(
      @ForAll("livesWithWildClocks") List<Step> steps) {
    Life life = new Life();
    steps.forEach(life::take);
    Heartbeat pinged = life.beat.pinged(life.now);
    Duration skew = Duration.ofSeconds(1);
    assertThat(pinged.lastPingAt().orElseThrow()).isBetween(life.now, life.now.plus(skew));
    if (pinged.state() == MonitorState.UP) {
      assertThat(pinged.since()).isBetween(life.now, life.now.plus(skew));
    }
  }
}
