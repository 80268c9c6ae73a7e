package io.trigrun.notify;

import io.trigrun.validation.Problems;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a channel is not to be disturbed, week by week (row N20). Pure.
 *
 * @param zone whose wall clock counts
 * @param ranges 1 to 50
 * @param mode what becomes of messages meanwhile
 * @param failuresBreakThrough whether what is urgent is told all the same: failures, monitors that
 *     are down, what has {@link io.trigrun.notify.provider.Notice.Tone#BAD}, and approvals
 */
public record QuietHours(ZoneId zone, List<Range> ranges, Mode mode, boolean failuresBreakThrough) {

  private static final int MOST_RANGES = 50;
  private static final int LOOK_AHEAD_DAYS = 8;

  /** What becomes of messages in quiet hours. */
  public enum Mode {
    /** They are sent when the quiet hours are over. */
    DEFER,
    /** They are never sent; the delivery says why. */
    DROP
  }

  /**
   * The same hours of some days.
   *
   * @param days on which it begins
   * @param from its first instant
   * @param to its end; on the next day if that is not after {@code from}
   */
  public record Range(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

    /**
     * @throws io.trigrun.validation.ValidationException without a day
     */
    public Range {
      Problems.require(!days.isEmpty(), "quiet_hours.ranges.days", "one or more", days);
      days = Set.copyOf(days);
    }

    /** On every day. */
    public static Range daily(LocalTime from, LocalTime to) {
      return new Range(EnumSet.allOf(DayOfWeek.class), from, to);
    }

    /** The end of its occurrence that begins on a day, if an instant is in that. */
    private Optional<Instant> end(LocalDate day, ZoneId zone, Instant at) {
      if (!days.contains(day.getDayOfWeek())) {
        return Optional.empty();
      }
      LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
      Instant start = ZonedDateTime.of(day, from, zone).toInstant();
      Instant end = ZonedDateTime.of(lastDay, to, zone).toInstant();
      return start.isAfter(at) || !end.isAfter(at) ? Optional.empty() : Optional.of(end);
    }
  }

  /**
   * @throws io.trigrun.validation.ValidationException for none or too many ranges
   */
  public QuietHours {
    Problems.require(
        !ranges.isEmpty() && ranges.size() <= MOST_RANGES,
        "quiet_hours.ranges",
        "1 to " + MOST_RANGES,
        ranges.size());
    ranges = List.copyOf(ranges);
  }

  /** Messages wait for the end, bad news does not. */
  public static QuietHours of(ZoneId zone, Range... ranges) {
    return new QuietHours(zone, List.of(ranges), Mode.DEFER, true);
  }

  /** The same, with this mode. */
  public QuietHours withMode(Mode value) {
    return new QuietHours(zone, ranges, value, failuresBreakThrough);
  }

  /** The same, with bad news told or not. */
  public QuietHours withFailuresBreakingThrough(boolean value) {
    return new QuietHours(zone, ranges, mode, value);
  }

  /**
   * The end of the quiet that there is at an instant, ranges that follow without a gap included;
   * empty if it is not quiet. Where it is always quiet, eight days ahead.
   */
  public Optional<Instant> end(Instant at) {
    Instant quietUntil = at;
    Instant horizon = at.atZone(zone).plusDays(LOOK_AHEAD_DAYS).toInstant();
    while (quietUntil.isBefore(horizon)) {
      Instant next = endOfOne(quietUntil);
      if (!next.isAfter(quietUntil)) {
        break;
      }
      quietUntil = next;
    }
    return quietUntil.isAfter(at) ? Optional.of(quietUntil) : Optional.empty();
  }

  private Instant endOfOne(Instant at) {
    LocalDate today = at.atZone(zone).toLocalDate();
    Instant latest = at;
    for (Range range : ranges) {
      for (LocalDate day : List.of(today.minusDays(1), today)) {
        Optional<Instant> end = range.end(day, zone, at);
        if (end.isPresent() && end.get().isAfter(latest)) {
          latest = end.get();
        }
      }
    }
    return latest;
  }
}
