package io.trigrun.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a job fires. A schedule is a pure value: it answers which instants are its firings and knows
 * nothing of a clock or of what has run already.
 *
 * <p>The <em>anchor</em> of the questions below is the instant at which the job was created or
 * activated, as it is stored. A host that keeps instants at a lower precision than the anchor it
 * passes would see intervals shift; pass what was stored.
 */
public sealed interface Schedule
    permits CronSchedule, IntervalSchedule, OnceSchedule, ImmediateSchedule, ManualSchedule {

  /**
   * Fires by a five-field cron expression in UTC. See {@link CronSchedule} for the syntax.
   *
   * @throws io.trigrun.validation.ValidationException on {@code schedule.cron}
   */
  static CronSchedule cron(String expression) {
    return CronSchedule.of(expression, ZoneOffset.UTC);
  }

  /**
   * Fires by a five-field cron expression on the wall clock of a zone. See {@link CronSchedule} for
   * the syntax and for daylight saving.
   *
   * @throws io.trigrun.validation.ValidationException on {@code schedule.cron}
   */
  static CronSchedule cron(String expression, ZoneId zone) {
    return CronSchedule.of(expression, zone);
  }

  /**
   * As {@link #cron(String, ZoneId)}, for zones that come in as data: an IANA name such as {@code
   * Europe/Berlin}, or whatever else {@link ZoneId#of(String)} reads.
   *
   * @throws io.trigrun.validation.ValidationException on {@code schedule.cron} and {@code
   *     schedule.timezone}, both reported at once
   */
  static CronSchedule cron(String expression, String zone) {
    return CronSchedule.of(expression, zone);
  }

  /**
   * Fires at anchor + interval, anchor + 2 intervals and so on, without drift.
   *
   * @param interval 1 second to 366 days, in whole milliseconds
   * @throws io.trigrun.validation.ValidationException on {@code schedule.interval}
   */
  static IntervalSchedule every(Duration interval) {
    return new IntervalSchedule(interval);
  }

  /**
   * The platform's {@code recurring} kind: {@link #every(Duration)} in whole minutes.
   *
   * @param n 1 to 1440
   * @throws io.trigrun.validation.ValidationException on {@code schedule.every_n_minutes}
   */
  static IntervalSchedule everyMinutes(int n) {
    return IntervalSchedule.ofMinutes(n);
  }

  /**
   * Fires once, at an instant. Whether that instant must still be ahead is for the caller to check,
   * who has the clock.
   *
   * @throws io.trigrun.validation.ValidationException on {@code schedule.run_at} outside the years
   *     1 to 9999
   */
  static OnceSchedule at(Instant instant) {
    return new OnceSchedule(instant);
  }

  /** Fires once, as soon as the job is active. */
  static ImmediateSchedule now() {
    return new ImmediateSchedule();
  }

  /** Never fires by itself: the job runs when somebody runs or triggers it. */
  static ManualSchedule manual() {
    return new ManualSchedule();
  }

  Kind kind();

  /**
   * The first firing strictly after {@code after}; empty when there is none up to the year 9999.
   *
   * @param anchor when the job was created or activated; cron, once and manual schedules ignore it
   */
  Optional<Instant> next(Instant after, Instant anchor);

  /**
   * The first firing of a job created or activated at {@code anchor}. It lies strictly after the
   * anchor, with two exceptions: {@link #now()} fires at the anchor, and {@link #at(Instant)} at
   * its instant even when that has passed (the job then fires at once, subject to its {@link
   * MissedRunPolicy}).
   */
  Optional<Instant> first(Instant anchor);

  /** Whether firings go on; a job whose schedule does not repeat is completed by its run. */
  boolean repeats();

  /** The kinds of schedule, as they appear in {@code kind} of a job's JSON. */
  enum Kind {
    CRON("cron"),
    RECURRING("recurring"),
    SCHEDULED("scheduled"),
    ONE_TIME("one_time"),
    MANUAL("manual");

    private final String jsonName;

    Kind(String jsonName) {
      this.jsonName = jsonName;
    }

    public String jsonName() {
      return jsonName;
    }

    /** The kind of that JSON name, matched exactly; empty when there is none. */
    public static Optional<Kind> ofJsonName(String jsonName) {
      for (Kind kind : values()) {
        if (kind.jsonName.equals(jsonName)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }
}
