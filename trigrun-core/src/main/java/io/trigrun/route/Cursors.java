package io.trigrun.route;

import io.trigrun.Cursor;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Places in lists as texts, which callers pass on and do not look into; to the microsecond, as
 * stores keep instants.
 */
public final class Cursors {

  private static final int BYTES = 24;
  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private Cursors() {}

  /** The text of a place. */
  public static String text(Cursor place) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, place.createdAt()))
            .putLong(place.id().getMostSignificantBits())
            .putLong(place.id().getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The place, if it is the text of one. */
  public static Optional<Cursor> read(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() != BYTES) {
        return Optional.empty();
      }
      Instant at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
      Cursor place = new Cursor(at, new UUID(bytes.getLong(), bytes.getLong()));
      return isPlausible(at) ? Optional.of(place) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Databases have no place for all instants that Java has. */
  static boolean isPlausible(Instant at) {
    return at.isAfter(Instant.EPOCH) && at.isBefore(END);
  }
}
