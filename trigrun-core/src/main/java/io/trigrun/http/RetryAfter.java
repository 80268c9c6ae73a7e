package io.trigrun.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code Retry-After} (RFC 9110 10.2.3): seconds, also with decimals as some servers send
 * them, or a date in any of the three formats of section 5.6.7.
 */
public final class RetryAfter {

  /** 1 second. */
  public static final Duration MIN = Duration.ofSeconds(1);

  /** 24 hours. */
  public static final Duration MAX = Duration.ofHours(24);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,30}(\\.\\d{1,30})?");
  private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]{3,9},? +");

  private static final DateTimeFormatter IMF_FIXDATE = format("d MMM uuuu HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = format("MMM ppd HH:mm:ss uuuu");

  private RetryAfter() {}

  /**
   * How long to wait from {@code now}, moved into 1 second to 24 hours; a date that has passed is 1
   * second. Empty for any other text.
   */
  public static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    if (text.length() > 64) {
      return Optional.empty();
    }
    Optional<Duration> wait =
        SECONDS.matcher(text).matches()
            ? Optional.of(seconds(new BigDecimal(text)))
            : date(text, now).map(date -> Duration.between(now, date));
    return wait.map(RetryAfter::clamp);
  }

  private static Duration seconds(BigDecimal seconds) {
    return seconds.compareTo(BigDecimal.valueOf(MAX.toSeconds())) >= 0
        ? MAX
        : Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  /** The wait, moved into {@link #MIN} to {@link #MAX}. */
  public static Duration clamp(Duration wait) {
    if (wait.compareTo(MIN) < 0) {
      return MIN;
    }
    return wait.compareTo(MAX) > 0 ? MAX : wait;
  }

  /** The weekday says nothing that the date does not, and servers get it wrong. */
  private static Optional<Instant> date(String text, Instant now) {
    String withoutDay = WEEKDAY.matcher(text).replaceFirst("");
    for (DateTimeFormatter format : List.of(IMF_FIXDATE, rfc850(now), ASCTIME)) {
      try {
        return Optional.of(LocalDateTime.parse(withoutDay, format).toInstant(ZoneOffset.UTC));
      } catch (DateTimeException e) {
        // the next format may fit
      }
    }
    return Optional.empty();
  }

  /** A two-digit year that seems more than 50 years ahead lies in the past (RFC 9110 5.6.7). */
  private static DateTimeFormatter rfc850(Instant now) {
    LocalDate base = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern("d-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US);
  }

  private static DateTimeFormatter format(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US);
  }
}
