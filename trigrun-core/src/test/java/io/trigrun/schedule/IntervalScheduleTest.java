package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalScheduleTest {
  private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:07.123456789Z");

  @Test
  void the_first_firing_is_one_interval_after_creation() {
    assertThat(Schedule.everyMinutes(5).first(ANCHOR)).contains(ANCHOR.plusSeconds(300));
    assertThat(Schedule.everyMinutes(5).next(ANCHOR.minusSeconds(9), ANCHOR))
        .contains(ANCHOR.plusSeconds(300));
  }

  @Property(seed = "60")
  void firings_stay_on_the_grid_of_the_anchor(
      @ForAll @LongRange(min = 1_000, max = 31_622_400_000L) long millis,
      @ForAll @LongRange(min = 0, max = 10_000_000_000_000L) long elapsed) {
    IntervalSchedule schedule = Schedule.every(Duration.ofMillis(millis));
    Instant after = ANCHOR.plusMillis(elapsed);
    Instant next = schedule.next(after, ANCHOR).orElseThrow();
    assertThat(next).isAfter(after).isBeforeOrEqualTo(after.plusMillis(millis));
    assertThat(Duration.between(ANCHOR, next).toMillis() % millis).isZero();
    assertThat(schedule.next(next, ANCHOR)).contains(next.plusMillis(millis));
    assertThat(schedule.latest(next, ANCHOR)).contains(next);
    assertThat(schedule.latest(next.minusNanos(1), ANCHOR).orElse(ANCHOR))
        .isEqualTo(next.minusMillis(millis));
  }

  @Test
  void firings_end_with_the_year_9999() {
    IntervalSchedule yearly = Schedule.every(Duration.ofDays(366));
    assertThat(yearly.next(Instant.MAX, ANCHOR)).isEmpty();
    assertThat(yearly.next(Horizon.LAST, ANCHOR)).isEmpty();
    assertThat(yearly.latest(Instant.MAX, ANCHOR)).isPresent();
    assertThat(yearly.next(Instant.MIN, ANCHOR)).contains(ANCHOR.plus(Duration.ofDays(366)));
    assertThat(yearly.latest(Instant.MIN, ANCHOR)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT1.0000005S", "PT8784H0.001S"})
  void other_intervals_are_refused(Duration interval) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.every(interval))
        .withMessageContaining(
            "schedule.interval: expected 1 second to 366 days in whole milliseconds, got "
                + interval);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1441, Integer.MAX_VALUE})
  void other_minutes_are_refused(int n) {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.everyMinutes(n))
        .withMessageContaining("schedule.every_n_minutes: expected 1 to 1440, got " + n);
  }
}
