package io.trigrun.notify;

import io.trigrun.schedule.CronSchedule;
import io.trigrun.schedule.Schedule;
import java.time.ZoneId;

/**
 * Says that a rule collects messages and sends one summary of them (row N17).
 *
 * @param schedule when; each summary has what happened up to its firing, and where nothing did
 *     there is none. Firings that were missed, because no node was up, become one
 */
public record Digest(CronSchedule schedule) {

  /**
   * A summary at each firing of a cron expression on the wall clock of a zone: {@code "0 8 * * *",
   * "Europe/Zurich"} for every morning.
   *
   * @throws io.trigrun.validation.ValidationException on {@code schedule.cron} and {@code
   *     schedule.timezone}
   */
  public static Digest cron(String expression, String zone) {
    return new Digest(Schedule.cron(expression, zone));
  }

  /** As {@link #cron(String, String)}. */
  public static Digest cron(String expression, ZoneId zone) {
    return new Digest(Schedule.cron(expression, zone));
  }
}
