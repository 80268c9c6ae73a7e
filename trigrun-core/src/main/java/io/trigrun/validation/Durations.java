package io.trigrun.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 1h30m}, {@code PT90S}. */
public final class Durations {

  /** What to expect, for messages. */
  public static final String EXPECTED = "a duration such as 90s, 5m, 1h30m, 1d or PT90S";

  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?<d>\\d{1,6})d)?(?:(?<h>\\d{1,6})h)?(?:(?<m>\\d{1,6})m)?(?:(?<s>\\d{1,9})s)?"
              + "(?:(?<ms>\\d{1,9})ms)?");

  private Durations() {}

  /** The duration, if it is the text of one. */
  public static Optional<Duration> parse(String text) {
    Matcher parts = SHORT.matcher(text);
    if (!text.isEmpty() && parts.matches()) {
      return Optional.of(
          Duration.ofDays(part(parts, "d"))
              .plusHours(part(parts, "h"))
              .plusMinutes(part(parts, "m"))
              .plusSeconds(part(parts, "s"))
              .plusMillis(part(parts, "ms")));
    }
    try {
      return text.startsWith("P") ? Optional.of(Duration.parse(text)) : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** So many seconds, rounded up to a whole nanosecond; at most 292 years of them. */
  public static Duration ofSeconds(BigDecimal seconds) {
    return Duration.ofNanos(
        seconds.movePointRight(9).setScale(0, RoundingMode.UP).longValueExact());
  }

  /** How many seconds it has, without zeros at the end. */
  public static BigDecimal seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private static long part(Matcher parts, String name) {
    String digits = parts.group(name);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
