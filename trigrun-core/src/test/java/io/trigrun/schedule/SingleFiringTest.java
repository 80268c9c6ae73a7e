package io.trigrun.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SingleFiringTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void once_fires_at_its_instant_even_when_activated_late() {
    Schedule once = Schedule.at(NOON);
    assertThat(once.next(NOON.minusNanos(1), NOON)).contains(NOON);
    assertThat(once.next(NOON, NOON)).isEmpty();
    assertThat(once.first(NOON.plusSeconds(60))).contains(NOON);
    assertThat(once.repeats()).isFalse();
  }

  @Test
  void immediate_fires_at_its_anchor() {
    Schedule now = Schedule.now();
    assertThat(now.first(NOON)).contains(NOON);
    assertThat(now.next(NOON.minusNanos(1), NOON)).contains(NOON);
    assertThat(now.next(NOON, NOON)).isEmpty();
    assertThat(now.repeats()).isFalse();
  }

  @Test
  void manual_never_fires_and_is_never_completed() {
    Schedule manual = Schedule.manual();
    assertThat(manual.first(NOON)).isEmpty();
    assertThat(manual.next(Instant.MIN, NOON)).isEmpty();
    assertThat(manual.repeats()).isTrue();
  }

  @Test
  void instants_beyond_the_year_9999_are_refused() {
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> Schedule.at(Instant.MAX))
        .withMessageContaining("schedule.run_at: expected an instant in the years 1 to 9999");
  }

  @Test
  void kinds_have_the_names_of_the_json_model() {
    assertThat(Arrays.stream(Schedule.Kind.values()).map(Schedule.Kind::jsonName))
        .containsExactly("cron", "recurring", "scheduled", "one_time", "manual");
    assertThat(Schedule.Kind.ofJsonName("one_time")).contains(Schedule.Kind.ONE_TIME);
    assertThat(Schedule.Kind.ofJsonName("CRON")).isEmpty();
  }
}
