package io.trigrun.validation;

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

  private static long part(Matcher parts, String name) {
    String digits = parts.group(name);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
