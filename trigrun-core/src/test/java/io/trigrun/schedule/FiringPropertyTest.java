package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class FiringPropertyTest {
  private static final Instant ANCHOR = Instant.parse("2024-03-01T00:00:00Z");

  @Provide
  Arbitrary<Schedule> schedules() {
    Arbitrary<Schedule> interval =
        Arbitraries.longs()
            .between(1_000, 100_000_000)
            .map(ms -> Schedule.every(Duration.ofMillis(ms)));
    Arbitrary<Schedule> cron =
        Combinators.combine(
                CronCase.any(),
                Arbitraries.of("UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana"))
            .as((expression, zone) -> Schedule.cron(expression.text(), ZoneId.of(zone)));
    return Arbitraries.oneOf(interval, cron);
  }

  @Provide
  Arbitrary<MissedRunPolicy> policies() {
    Arbitrary<MissedRunPolicy> policy =
        Arbitraries.oneOf(
            Arbitraries.of(MissedRunPolicy.runOnce(), MissedRunPolicy.skip()),
            Arbitraries.integers().between(1, 50).map(MissedRunPolicy::runAll));
    return Combinators.combine(policy, Arbitraries.integers().between(0, 600))
        .as((p, seconds) -> p.tolerance(Duration.ofSeconds(seconds)));
  }

  /** Compares with all due firings, found one by one. */
  @Property(seed = "22")
  void a_decision_selects_the_newest_of_what_is_due(
      @ForAll("schedules") Schedule schedule,
      @ForAll("policies") MissedRunPolicy policy,
      @ForAll @LongRange(min = 0, max = 40_000_000) long start,
      @ForAll @IntRange(min = 0, max = 4_000) int late) {
    Instant plannedFor = schedule.first(ANCHOR.plusSeconds(start)).orElseThrow();
    Instant now = plannedFor.plusSeconds(late);
    List<Instant> due = new ArrayList<>();
    Optional<Instant> next = Optional.of(plannedFor);
    while (next.isPresent() && !next.get().isAfter(now)) {
      due.add(next.get());
      next = schedule.next(next.get(), plannedFor);
    }

    // The planned firing serves as anchor, so that an interval's grid contains it.
    Firing firing = Firing.decide(schedule, policy, plannedFor, now, plannedFor);

    int runs = firing.runs().size();
    assertThat(firing.next()).isEqualTo(next).hasValueSatisfying(n -> assertThat(n).isAfter(now));
    assertThat(firing.runs()).isEqualTo(due.subList(due.size() - runs, due.size()));
    assertThat(runs + firing.skipped()).isEqualTo(due.size());
    Instant limit = now.minus(policy.tolerance());
    long inTime = due.stream().filter(instant -> !instant.isBefore(limit)).count();
    long missed = due.size() - inTime;
    long expected = Math.min(1000, inTime);
    if (missed > 0 && policy instanceof MissedRunPolicy.RunOnce) {
      expected = 1;
    } else if (policy instanceof MissedRunPolicy.RunAll all) {
      expected = Math.min(1000, inTime + Math.min(missed, all.bound()));
    }
    assertThat(runs).isEqualTo((int) expected);
  }

  @Property(seed = "23")
  void firings_strictly_increase_and_can_be_found_again(
      @ForAll("schedules") Schedule schedule,
      @ForAll @LongRange(min = -3_000_000_000L, max = 60_000_000_000L) long second) {
    Instant instant = ANCHOR.plusSeconds(second);
    Instant anchor = Instant.parse("1900-01-01T00:00:00Z");
    for (int i = 0; i < 20; i++) {
      Instant next = schedule.next(instant, anchor).orElseThrow();
      assertThat(next).isAfter(instant);
      if (schedule instanceof CronSchedule cron) {
        assertThat(cron.latest(next)).contains(next);
        assertThat(cron.next(next.minusNanos(1), anchor)).contains(next);
      }
      instant = next;
    }
  }
}
