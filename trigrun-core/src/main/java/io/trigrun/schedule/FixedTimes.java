package io.trigrun.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Each matching local time fires exactly once: after the gap when it is skipped, the first time
 * when it is repeated. That maps local times to instants in ascending order, so the search runs
 * over local times.
 */
record FixedTimes(CronCalendar calendar, ZoneRules rules) implements ZoneTimes {

  @Override
  public Optional<Instant> after(Instant instant) {
    LocalDateTime local = localTime(instant);
    LocalDateTime from =
        secondPass(instant, local)
            .map(overlap -> ZoneTimes.minuteAtOrAfter(overlap.getDateTimeBefore()))
            .orElseGet(() -> ZoneTimes.minuteAfter(local));
    Optional<LocalDateTime> next = calendar.atOrAfter(from);
    while (next.isPresent() && !fires(next.get()).isAfter(instant)) {
      next = calendar.atOrAfter(next.get().plusMinutes(1));
    }
    return next.map(this::fires);
  }

  @Override
  public Optional<Instant> latest(Instant notAfter) {
    LocalDateTime local = localTime(notAfter);
    LocalDateTime to =
        secondPass(notAfter, local)
            .map(overlap -> ZoneTimes.minuteOf(overlap.getDateTimeBefore().minusNanos(1)))
            .orElseGet(() -> ZoneTimes.minuteOf(local));
    return calendar.atOrBefore(to).map(this::fires);
  }

  private LocalDateTime localTime(Instant instant) {
    return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
  }

  /**
   * The overlap in whose repeated time the instant lies: all its local times have fired by then.
   */
  private Optional<ZoneOffsetTransition> secondPass(Instant instant, LocalDateTime local) {
    return Optional.ofNullable(rules.getTransition(local))
        .filter(transition -> transition.isOverlap() && !instant.isBefore(transition.getInstant()));
  }

  private Instant fires(LocalDateTime local) {
    ZoneOffsetTransition transition = rules.getTransition(local);
    if (transition == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return transition.isGap()
        ? transition.getInstant()
        : local.toInstant(transition.getOffsetBefore());
  }
}
