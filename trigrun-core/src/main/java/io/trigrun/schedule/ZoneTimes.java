package io.trigrun.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The firings of a cron calendar on the real time line of a zone: one implementation per
 * daylight-saving rule.
 */
sealed interface ZoneTimes permits WildTimes, FixedTimes {

  /** The first firing strictly after the instant. */
  Optional<Instant> after(Instant instant);

  /** The newest firing at or before the instant. */
  Optional<Instant> latest(Instant notAfter);

  static LocalDateTime minuteOf(LocalDateTime local) {
    return local.truncatedTo(ChronoUnit.MINUTES);
  }

  static LocalDateTime minuteAfter(LocalDateTime local) {
    return minuteOf(local).plusMinutes(1);
  }

  static LocalDateTime minuteAtOrAfter(LocalDateTime local) {
    LocalDateTime minute = minuteOf(local);
    return minute.equals(local) ? minute : minute.plusMinutes(1);
  }
}
