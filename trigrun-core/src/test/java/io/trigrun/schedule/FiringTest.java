package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiringTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final Schedule MINUTELY = Schedule.cron("* * * * *");
  private static final Schedule EVERY_SECOND = Schedule.every(Duration.ofSeconds(1));

  @Test
  void a_firing_in_time_runs_under_every_policy() {
    for (var policy :
        List.of(MissedRunPolicy.runOnce(), MissedRunPolicy.skip(), MissedRunPolicy.runAll(1))) {
      assertThat(Firing.decide(MINUTELY, policy, T, T.plusSeconds(3), T))
          .isEqualTo(new Firing(List.of(T), Optional.of(T.plusSeconds(60)), 0));
    }
  }

  @Test
  void nothing_is_due_before_the_planned_instant() {
    assertThat(Firing.decide(MINUTELY, MissedRunPolicy.runOnce(), T, T.minusNanos(1), T))
        .isEqualTo(new Firing(List.of(), Optional.of(T), 0));
  }

  @Test
  void a_delay_within_the_tolerance_loses_nothing() {
    Firing firing = decide(MissedRunPolicy.runOnce(), EVERY_SECOND, Duration.ofSeconds(60));
    assertThat(firing.runs()).hasSize(61).startsWith(T).endsWith(T.plusSeconds(60));
    assertThat(firing.skipped()).isZero();
  }

  @Test
  void run_once_makes_one_run_of_an_outage() {
    Firing firing = decide(MissedRunPolicy.runOnce(), MINUTELY, Duration.ofMinutes(90));
    assertThat(firing).isEqualTo(new Firing(List.of(minute(90)), Optional.of(minute(91)), 90));
  }

  @Test
  void skip_drops_what_is_later_than_the_tolerance() {
    Firing firing = decide(MissedRunPolicy.skip(), MINUTELY, Duration.ofSeconds(5430));
    assertThat(firing).isEqualTo(new Firing(List.of(minute(90)), Optional.of(minute(91)), 90));
    Firing strict =
        decide(MissedRunPolicy.skip().tolerance(Duration.ZERO), MINUTELY, Duration.ofSeconds(5430));
    assertThat(strict).isEqualTo(new Firing(List.of(), Optional.of(minute(91)), 91));
  }

  @Test
  void run_all_keeps_the_newest_and_runs_them_oldest_first() {
    MissedRunPolicy policy = MissedRunPolicy.runAll(3).tolerance(Duration.ZERO);
    Firing firing = decide(policy, MINUTELY, Duration.ofSeconds(5430));
    assertThat(firing)
        .isEqualTo(
            new Firing(List.of(minute(88), minute(89), minute(90)), Optional.of(minute(91)), 88));
  }

  @Test
  void the_bound_counts_missed_firings_only() {
    Firing firing = decide(MissedRunPolicy.runAll(2), MINUTELY, Duration.ofSeconds(5430));
    assertThat(firing.runs()).containsExactly(minute(88), minute(89), minute(90));
  }

  @Test
  void never_more_than_a_thousand_run() {
    MissedRunPolicy patient = MissedRunPolicy.skip().tolerance(Duration.ofDays(366));
    Firing firing = decide(patient, EVERY_SECOND, Duration.ofSeconds(2500));
    assertThat(firing.runs())
        .isEqualTo(LongStream.rangeClosed(1501, 2500).mapToObj(T::plusSeconds).toList());
    assertThat(firing.skipped()).isEqualTo(1501);
  }

  @Test
  void ten_thousand_skipped_firings_stand_for_any_number() {
    Firing firing = decide(MissedRunPolicy.runAll(1000), EVERY_SECOND, Duration.ofDays(36_500));
    assertThat(firing.runs()).hasSize(1000);
    assertThat(firing.skipped()).isEqualTo(10_000);
    assertThat(decide(MissedRunPolicy.runOnce(), MINUTELY, Duration.ofDays(366)).skipped())
        .isEqualTo(10_000);
  }

  @Test
  void a_planned_instant_off_the_schedule_is_honoured() {
    Firing firing =
        Firing.decide(
            Schedule.cron("0 * * * *"),
            MissedRunPolicy.runOnce(),
            T.plusSeconds(5),
            T.plusSeconds(9),
            T);
    assertThat(firing).isEqualTo(new Firing(List.of(T.plusSeconds(5)), Optional.of(minute(60)), 0));
  }

  @Test
  void a_single_firing_that_was_missed_runs_late_or_not_at_all() {
    Duration late = Duration.ofHours(1);
    assertThat(decide(MissedRunPolicy.runOnce(), Schedule.at(T), late))
        .isEqualTo(new Firing(List.of(T), Optional.empty(), 0));
    assertThat(decide(MissedRunPolicy.skip(), Schedule.at(T), late))
        .isEqualTo(new Firing(List.of(), Optional.empty(), 1));
  }

  @Test
  void what_has_no_instant_to_miss_always_runs() {
    for (Schedule schedule : List.of(Schedule.now(), Schedule.manual())) {
      assertThat(decide(MissedRunPolicy.skip(), schedule, Duration.ofDays(30)))
          .isEqualTo(new Firing(List.of(T), Optional.empty(), 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 1001})
  void other_bounds_are_refused(int bound) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> MissedRunPolicy.runAll(bound))
        .withMessageContaining("missed_run_policy.bound: expected 1 to 1000, got " + bound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT8785H"})
  void other_tolerances_are_refused(Duration tolerance) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> MissedRunPolicy.skip().tolerance(tolerance))
        .withMessageContaining("missed_run_policy.tolerance: expected 0 seconds to 366 days");
  }

  private static Firing decide(MissedRunPolicy policy, Schedule schedule, Duration late) {
    return Firing.decide(schedule, policy, T, T.plus(late), T);
  }

  private static Instant minute(int n) {
    return T.plusSeconds(60L * n);
  }
}
