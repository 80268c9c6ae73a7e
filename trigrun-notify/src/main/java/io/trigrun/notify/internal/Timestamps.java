package io.trigrun.notify.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as the platform writes them, always in UTC. */
public final class Timestamps {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter FOR_PEOPLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** For programs: with milliseconds and {@code Z}. */
  public static String millis(Instant at) {
    return MILLIS.format(at);
  }

  /** For people: to the second, {@code 2026-03-16 10:00:00 UTC}. */
  public static String forPeople(Instant at) {
    return FOR_PEOPLE.format(at);
  }
}
