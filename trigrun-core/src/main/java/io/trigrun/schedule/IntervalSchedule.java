package io.trigrun.schedule;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Fires at anchor + k x interval for k = 1, 2, 3, ...: real elapsed time, counted from the job's
 * creation, so that late runs do not shift later ones (row S2). Daylight saving has no part in it.
 *
 * <p>The interval is in whole milliseconds: a finer one would be cut by stores that keep
 * milliseconds, and a firing read back from there would be found again as its own successor.
 *
 * @param interval 1 second to 366 days
 */
public record IntervalSchedule(Duration interval) implements Schedule {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_MINUTES = 1440;
  private static final int NANOS_PER_MILLI = 1_000_000;

  public IntervalSchedule {
    Problems.require(
        interval.compareTo(SHORTEST) >= 0
            && interval.compareTo(LONGEST) <= 0
            && interval.toNanosPart() % NANOS_PER_MILLI == 0,
        "schedule.interval",
        "1 second to 366 days in whole milliseconds",
        interval);
  }

  static IntervalSchedule ofMinutes(int n) {
    Problems.require(n >= 1 && n <= LONGEST_MINUTES, "schedule.every_n_minutes", "1 to 1440", n);
    return new IntervalSchedule(Duration.ofMinutes(n));
  }

  @Override
  public Kind kind() {
    return Kind.RECURRING;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.trigrun.validation.ValidationException when the anchor lies outside the years 1 to
   *     9999
   */
  @Override
  public Optional<Instant> next(Instant after, Instant anchor) {
    requireUsable(anchor);
    if (after.isAfter(Horizon.LAST)) {
      return Optional.empty();
    }
    long k = after.isBefore(anchor) ? 1 : completedBy(after, anchor) + 1;
    return Horizon.within(anchor.plusMillis(k * interval.toMillis()));
  }

  @Override
  public Optional<Instant> first(Instant anchor) {
    return next(anchor, anchor);
  }

  @Override
  public boolean repeats() {
    return true;
  }

  /** The newest firing at or before {@code notAfter}. */
  Optional<Instant> latest(Instant notAfter, Instant anchor) {
    requireUsable(anchor);
    Instant end = notAfter.isAfter(Horizon.LAST) ? Horizon.LAST : notAfter;
    long k = end.isBefore(anchor) ? 0 : completedBy(end, anchor);
    return k == 0 ? Optional.empty() : Optional.of(anchor.plusMillis(k * interval.toMillis()));
  }

  private long completedBy(Instant instant, Instant anchor) {
    return Duration.between(anchor, instant).toMillis() / interval.toMillis();
  }

  private static void requireUsable(Instant anchor) {
    Problems.require(
        Horizon.contains(anchor), "anchor", "an instant in the years 1 to 9999", anchor);
  }
}
