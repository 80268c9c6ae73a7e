package io.trigrun.schedule;

import io.trigrun.validation.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Fires by a five-field cron expression on the wall clock of a zone (row S1).
 *
 * <h2>Syntax</h2>
 *
 * <p>Minute 0-59, hour 0-23, day of the month 1-31, month 1-12 or JAN-DEC, day of the week 0-7 or SUN-SAT with 0 and 7
 * both Sunday; separated by spaces or tabs, letters in either case. A field is {@code *}, a value, a range {@code a-b}, a
 * step {@code *}{@code /n} or {@code a-b/n}, or a comma list of these. {@code @hourly}, {@code @daily}, {@code
 * @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly} and {@code @annually} stand for expressions. What other
 * programs read in another way is refused with a reason: {@code L}, {@code W}, {@code #}, {@code ?}, {@code 5/15}, ranges
 * that wrap around, seconds and years, {@code @reboot}; and so is what could never fire, as {@code 0 0 30 2 *}.
 *
 * <p>When both day fields are restricted, a day that matches either fires. Vixie cron's rule: a field that begins with
 * {@code *}, {@code *}{@code /2} included, is not restricted, and then a day must match both.
 *
 * <h2>Daylight saving</h2>
 *
 * <p>A schedule is <em>wild</em> when its minute or its hour field begins with {@code *} or names every value; else it
 * is <em>fixed</em>.
 *
 * <ul>
 *   <li>A wild schedule fires at every instant at which the wall clock shows a whole minute that matches: nothing in a
 *       gap, both times in an overlap.
 *   <li>A fixed schedule fires once for each matching local time: for a time in a gap at the first instant after the
 *       gap, for a time in an overlap at the first of the two. Times that land on the same instant are one firing.
 * </ul>
 *
 * <p>This is so for any change of a zone's offset, whatever its size and cause.
 *
 * <p>Equal are schedules of the same expression, spacing aside, and the same zone.
 */
public final class CronSchedule implements Schedule {
  private final String expression;
  private final ZoneId zone;
  private final ZoneTimes times;

  private CronSchedule(CronExpression parsed, ZoneId zone) {
    this.expression = parsed.text();
    this.zone = zone;
    this.times =
        parsed.wild()
            ? new WildTimes(parsed.calendar(), zone.getRules())
            : new FixedTimes(parsed.calendar(), zone.getRules());
  }

  static CronSchedule of(String expression, ZoneId zone) {
    Problems problems = new Problems();
    Optional<CronExpression> parsed = CronExpression.parse(expression, problems);
    problems.throwIfAny();
    return new CronSchedule(parsed.orElseThrow(), zone);
  }

  static CronSchedule of(String expression, String zone) {
    Problems problems = new Problems();
    Optional<CronExpression> parsed = CronExpression.parse(expression, problems);
    Optional<ZoneId> zoneId = readZone(zone, problems);
    problems.throwIfAny();
    return new CronSchedule(parsed.orElseThrow(), zoneId.orElseThrow());
  }

  private static Optional<ZoneId> readZone(String zone, Problems problems) {
    try {
      return Optional.of(ZoneId.of(zone));
    } catch (DateTimeException e) {
      problems.check(
          false, "schedule.timezone", "an IANA time zone such as " + likeliest(zone), zone);
      return Optional.empty();
    }
  }

  private static String likeliest(String zone) {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(known -> known.equalsIgnoreCase(zone.strip()))
        .findFirst()
        .orElse("Europe/Berlin");
  }

  /** The expression as given, with single spaces between the fields. */
  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  @Override
  public Kind kind() {
    return Kind.CRON;
  }

  @Override
  public Optional<Instant> next(Instant after, Instant anchor) {
    if (!after.isBefore(Horizon.LAST)) {
      return Optional.empty();
    }
    return times
        .after(after.isBefore(Horizon.FIRST) ? Horizon.FIRST.minusNanos(1) : after)
        .flatMap(Horizon::within);
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
  Optional<Instant> latest(Instant notAfter) {
    if (notAfter.isBefore(Horizon.FIRST)) {
      return Optional.empty();
    }
    return times
        .latest(notAfter.isAfter(Horizon.LAST) ? Horizon.LAST : notAfter)
        .flatMap(Horizon::within);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule that
        && expression.equals(that.expression)
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return 31 * expression.hashCode() + zone.hashCode();
  }

  @Override
  public String toString() {
    return "CronSchedule[" + expression + ", " + zone + "]";
  }
}
