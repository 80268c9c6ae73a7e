package io.trigrun.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** ISO 8601 in UTC with exactly three decimals: {@code 2026-01-02T03:04:05.006Z}. */
final class IsoMillis {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private IsoMillis() {}

  static String format(Instant instant) {
    return FORMAT.format(instant);
  }
}
