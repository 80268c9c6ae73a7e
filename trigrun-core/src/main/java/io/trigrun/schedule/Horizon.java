package io.trigrun.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * The years 1 to 9999, in which all firings lie: what every store, JSON reader and calendar can
 * express.
 */
final class Horizon {
  static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Horizon() {}

  static boolean contains(Instant instant) {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  static Optional<Instant> within(Instant instant) {
    return contains(instant) ? Optional.of(instant) : Optional.empty();
  }
}
