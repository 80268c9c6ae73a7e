package io.trigrun.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The matching local minutes of a cron expression, as bit sets: bit n of a field stands for its
 * value n (the day of the week: Sunday is bit 0 only). Searches jump from field to field, at most a
 * month at a step.
 *
 * @param eitherDay whether a day of the month or a day of the week suffices, else both must match
 */
record CronCalendar(
    long minutes, int hours, int daysOfMonth, int months, int daysOfWeek, boolean eitherDay) {

  /** Local years, so one more than the {@link Horizon} at either end. */
  private static final int FIRST_YEAR = 0;

  private static final int LAST_YEAR = 10_000;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int NONE = -1;

  /** Repeats a week's seven bits over 35 days. */
  private static final long EACH_WEEK = 1L | 1L << 7 | 1L << 14 | 1L << 21 | 1L << 28;

  /** Whether any date matches. Every date falls on each day of the week sooner or later. */
  boolean everMatches() {
    if (eitherDay) {
      return true;
    }
    for (int month = 1; month <= 12; month++) {
      int longest = Month.of(month).maxLength();
      if ((months >> month & 1) != 0 && (daysOfMonth & bitsTo(longest)) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The first matching minute at or after a whole minute, up to the year 10000. */
  Optional<LocalDateTime> atOrAfter(LocalDateTime from) {
    LocalDate day = from.toLocalDate();
    if (matches(day)) {
      int minute = minuteAtOrAfter(from.getHour(), from.getMinute());
      if (minute != NONE) {
        return Optional.of(at(day, minute));
      }
    }
    return dayAtOrAfter(day.plusDays(1)).map(found -> at(found, minuteAtOrAfter(0, 0)));
  }

  /** The last matching minute at or before a whole minute, down to the year 0. */
  Optional<LocalDateTime> atOrBefore(LocalDateTime to) {
    LocalDate day = to.toLocalDate();
    if (matches(day)) {
      int minute = minuteAtOrBefore(to.getHour(), to.getMinute());
      if (minute != NONE) {
        return Optional.of(at(day, minute));
      }
    }
    return dayAtOrBefore(day.minusDays(1)).map(found -> at(found, minuteAtOrBefore(23, 59)));
  }

  private static LocalDateTime at(LocalDate day, int minute) {
    return day.atTime(minute / MINUTES_PER_HOUR, minute % MINUTES_PER_HOUR);
  }

  private boolean matches(LocalDate day) {
    return (daysOf(YearMonth.from(day)) >> day.getDayOfMonth() & 1) != 0;
  }

  private Optional<LocalDate> dayAtOrAfter(LocalDate from) {
    int firstDay = from.getDayOfMonth();
    YearMonth month = YearMonth.from(from);
    while (month.getYear() <= LAST_YEAR) {
      long days = daysOf(month) & -1L << firstDay;
      if (days != 0) {
        return Optional.of(month.atDay(Long.numberOfTrailingZeros(days)));
      }
      month = month.plusMonths(1);
      firstDay = 1;
    }
    return Optional.empty();
  }

  private Optional<LocalDate> dayAtOrBefore(LocalDate to) {
    int lastDay = to.getDayOfMonth();
    YearMonth month = YearMonth.from(to);
    while (month.getYear() >= FIRST_YEAR) {
      long days = daysOf(month) & bitsTo(lastDay);
      if (days != 0) {
        return Optional.of(month.atDay(highest(days)));
      }
      month = month.minusMonths(1);
      lastDay = 31;
    }
    return Optional.empty();
  }

  /** The matching days of a month, bit n for day n. */
  private long daysOf(YearMonth month) {
    if ((months >> month.getMonthValue() & 1) == 0) {
      return 0;
    }
    int weekdayOfFirst = month.atDay(1).getDayOfWeek().getValue() % 7;
    long week = (daysOfWeek | daysOfWeek << 7) >> weekdayOfFirst & bitsTo(6);
    long byWeek = (week * EACH_WEEK) << 1;
    long days = eitherDay ? daysOfMonth | byWeek : daysOfMonth & byWeek;
    return days & bitsTo(month.lengthOfMonth()) & ~1L;
  }

  private int minuteAtOrAfter(int hour, int minute) {
    long rest = (hours >> hour & 1) == 0 ? 0 : minutes & -1L << minute;
    if (rest != 0) {
      return hour * MINUTES_PER_HOUR + Long.numberOfTrailingZeros(rest);
    }
    int later = hours & (-1 << (hour + 1));
    return later == 0
        ? NONE
        : Integer.numberOfTrailingZeros(later) * MINUTES_PER_HOUR
            + Long.numberOfTrailingZeros(minutes);
  }

  private int minuteAtOrBefore(int hour, int minute) {
    long rest = (hours >> hour & 1) == 0 ? 0 : minutes & bitsTo(minute);
    if (rest != 0) {
      return hour * MINUTES_PER_HOUR + highest(rest);
    }
    long earlier = hours & bitsTo(hour) >> 1;
    return earlier == 0 ? NONE : highest(earlier) * MINUTES_PER_HOUR + highest(minutes);
  }

  /** Bits 0 to n; n up to 62. */
  private static long bitsTo(int n) {
    return (1L << (n + 1)) - 1;
  }

  private static int highest(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }
}
