package io.trigrun.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.RateLimit;
import io.trigrun.validation.ValidationException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("N20: quiet hours are weekly ranges on the wall clock of a zone")
class QuietHoursTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final QuietHours.Range NIGHTS =
      QuietHours.Range.daily(LocalTime.of(22, 0), LocalTime.of(7, 0));
  private static final QuietHours.Range WEEKENDS =
      new QuietHours.Range(
          Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
  private static final QuietHours QUIET = QuietHours.of(ZURICH, NIGHTS, WEEKENDS);

  @Test
  void a_night_goes_on_after_midnight() {
    assertThat(end("2026-03-16T21:30:00+01:00")).isEmpty();
    assertThat(end("2026-03-16T22:00:00+01:00")).contains(at("2026-03-17T07:00:00+01:00"));
    assertThat(end("2026-03-17T06:59:59+01:00")).contains(at("2026-03-17T07:00:00+01:00"));
    assertThat(end("2026-03-17T07:00:00+01:00")).isEmpty();
  }

  @Test
  void ranges_without_a_gap_are_one() {
    assertThat(end("2026-03-20T23:00:00+01:00")).contains(at("2026-03-23T07:00:00+01:00"));
  }

  @Test
  void the_wall_clock_counts_when_it_changes() {
    assertThat(end("2026-03-28T23:00:00+01:00")).contains(at("2026-03-30T07:00:00+02:00"));
  }

  @Test
  void where_it_is_always_quiet_there_is_an_end_to_the_search() {
    QuietHours always =
        QuietHours.of(ZURICH, QuietHours.Range.daily(LocalTime.NOON, LocalTime.NOON));
    assertThat(always.end(at("2026-03-16T12:00:00Z")).orElseThrow())
        .isBetween(at("2026-03-24T00:00:00Z"), at("2026-03-26T00:00:00Z"));
  }

  @Property
  void it_is_never_quiet_at_the_end_of_the_quiet(
      @ForAll @IntRange(max = 500_000) int minutes,
      @ForAll @IntRange(max = 1_439) int from,
      @ForAll @IntRange(max = 1_439) int to) {
    QuietHours quiet =
        QuietHours.of(
            ZURICH,
            new QuietHours.Range(
                Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                LocalTime.ofSecondOfDay(from * 60L),
                LocalTime.ofSecondOfDay(to * 60L)));
    Instant at = at("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minutes));
    quiet.end(at).ifPresent(end -> assertThat(quiet.end(end)).isEmpty());
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> QuietHours.of(ZURICH))
        .isInstanceOf(ValidationException.class)
        .hasMessage("quiet_hours.ranges: expected 1 to 50, got 0");
    assertThatThrownBy(() -> new QuietHours.Range(Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> AutoDisable.after(0, Duration.ZERO))
        .hasMessageContaining("auto_disable.faults: expected 1 to 1,000, got 0")
        .hasMessageContaining("auto_disable.failing_seconds: expected 1 minute to 365 days");
  }

  @Test
  void all_of_it_is_stored_and_read_back() {
    NoiseControl all =
        NoiseControl.off()
            .withAutoDisable(AutoDisable.after(20, Duration.ofDays(5)))
            .withPace(RateLimit.of(3, Duration.ofMinutes(1)))
            .withQuietHours(QUIET.withMode(QuietHours.Mode.DROP))
            .mutedUntil(at("2026-03-16T12:00:00Z"));
    assertThat(NoiseDocument.read(NoiseDocument.write(all))).isEqualTo(all);
    assertThat(NoiseDocument.read(NoiseDocument.write(NoiseControl.off())))
        .isEqualTo(NoiseControl.off());
  }

  private static Optional<Instant> end(String at) {
    return QUIET.end(at(at));
  }

  private static Instant at(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
