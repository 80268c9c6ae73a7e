package io.trigrun.examples.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lengths of time as people write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 1d}. */
final class Span implements ITypeConverter<Duration> {

  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

  static Duration of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw wrong();
    }
    Duration sum =
        Duration.ofDays(number(parts, 1))
            .plusHours(number(parts, 2))
            .plusMinutes(number(parts, 3))
            .plusSeconds(number(parts, 4));
    if (text.isEmpty()) {
      throw wrong();
    }
    return sum;
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("expected a number with its unit: 90s, 15m, 1h30m or 1d");
  }

  @Override
  public Duration convert(String text) {
    try {
      return of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /** For people: the largest two units that are not zero. */
  static String words(Duration span) {
    if (span.compareTo(Duration.ofSeconds(1)) < 0) {
      return span.toMillis() + " ms";
    }
    return Stream.of(
            span.toDaysPart() + " d",
            span.toHoursPart() + " h",
            span.toMinutesPart() + " min",
            span.toSecondsPart() + " s")
        .filter(part -> !part.startsWith("0 "))
        .limit(2)
        .collect(Collectors.joining(" "));
  }
}
