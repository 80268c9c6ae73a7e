package io.trigrun.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Instants as text in arrays: {@code 2030-01-01T00:00:00.123456Z}, as {@link Instant#toString}. */
final class InstantText {

  private static final int NANOS_PER_MICRO = 1_000;

  private InstantText() {}

  /**
   * By hand, because the JDK's formatter takes longer than all else that an execution costs here.
   */
  static String of(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 1 || time.getYear() > 9999) {
      return instant.toString();
    }
    char[] text = "0000-00-00T00:00:00.000000Z".toCharArray();
    put(text, 3, time.getYear());
    put(text, 6, time.getMonthValue());
    put(text, 9, time.getDayOfMonth());
    put(text, 12, time.getHour());
    put(text, 15, time.getMinute());
    put(text, 18, time.getSecond());
    put(text, 25, time.getNano() / NANOS_PER_MICRO);
    return new String(text);
  }

  /** Writes a number that ends at a place. */
  private static void put(char[] text, int end, int number) {
    int rest = number;
    for (int i = end; rest > 0; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
