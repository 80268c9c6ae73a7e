package io.trigrun.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** A moment in whole seconds since 1970, as signatures have it: nothing but digits. */
final class Timestamp {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,11}"); // until the year 5138

  private Timestamp() {}

  static String write(Instant at) {
    return Long.toString(Math.max(0, at.getEpochSecond()));
  }

  static Optional<Instant> read(String text) {
    return DIGITS.matcher(text).matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
        : Optional.empty();
  }
}
