package io.trigrun.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Fires whenever the wall clock shows a matching minute. The time line is a row of stretches of one
 * offset each; in every stretch the search runs over local times.
 *
 * <p>A candidate found beyond the stretch's end proves that the local times up to it do not match.
 * Stretches that show only such times are passed over, or a rare expression would visit each change
 * of the clock for years. The {@link #MARGIN} keeps those that may show earlier or later local
 * times.
 */
record WildTimes(CronCalendar calendar, ZoneRules rules) implements ZoneTimes {

  /** More than any two offsets differ (36 hours). */
  private static final Duration MARGIN = Duration.ofDays(2);

  @Override
  public Optional<Instant> after(Instant instant) {
    Instant base = instant;
    ZoneOffset offset = rules.getOffset(base);
    LocalDateTime from = ZoneTimes.minuteAfter(LocalDateTime.ofInstant(base, offset));
    while (true) {
      Optional<LocalDateTime> local = calendar.atOrAfter(from);
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant candidate = local.get().toInstant(offset);
      ZoneOffsetTransition end = rules.nextTransition(base);
      if (end == null || candidate.isBefore(end.getInstant())) {
        return Optional.of(candidate);
      }
      Instant beforeCandidate = candidate.minus(MARGIN);
      if (end.getInstant().isAfter(base.plus(MARGIN))
          && end.getInstant().isBefore(beforeCandidate)) {
        base = beforeCandidate;
        offset = rules.getOffset(base);
        from = ZoneTimes.minuteAfter(LocalDateTime.ofInstant(base, offset));
      } else {
        base = end.getInstant();
        offset = end.getOffsetAfter();
        from = ZoneTimes.minuteAtOrAfter(end.getDateTimeAfter());
      }
    }
  }

  @Override
  public Optional<Instant> latest(Instant notAfter) {
    Instant base = notAfter;
    while (true) {
      ZoneOffset offset = rules.getOffset(base);
      LocalDateTime to = ZoneTimes.minuteOf(LocalDateTime.ofInstant(base, offset));
      Optional<LocalDateTime> local = calendar.atOrBefore(to);
      if (local.isEmpty()) {
        return Optional.empty();
      }
      Instant candidate = local.get().toInstant(offset);
      ZoneOffsetTransition start = rules.previousTransition(base.plusNanos(1));
      if (start == null || !candidate.isBefore(start.getInstant())) {
        return Optional.of(candidate);
      }
      Instant afterCandidate = candidate.plus(MARGIN);
      base =
          start.getInstant().isBefore(base.minus(MARGIN))
                  && start.getInstant().isAfter(afterCandidate)
              ? afterCandidate
              : start.getInstant().minusNanos(1);
    }
  }
}
