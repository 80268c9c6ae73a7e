package io.trigrun.workflow.internal.inbound;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them. */
final class PageTime {

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private PageTime() {}

  /** {@code 22 November 2026, 14:00 UTC}. */
  static String of(Instant at) {
    return DAY_AND_TIME.format(at);
  }

  /** {@code in 3 hours}: rounded down, so that nobody thinks they have longer than they do. */
  static String until(Instant at, Instant now) {
    Duration left = Duration.between(now, at);
    if (left.compareTo(Duration.ofDays(2)) >= 0) {
      return "in " + left.toDays() + " days";
    }
    if (left.compareTo(Duration.ofHours(2)) >= 0) {
      return "in " + left.toHours() + " hours";
    }
    return left.compareTo(Duration.ofMinutes(2)) >= 0
        ? "in " + left.toMinutes() + " minutes"
        : "in a moment";
  }
}
