package io.trigrun.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids that grow with time (UUID version 7, RFC 9562), so that new rows lie together in an index.
 * Those of one process and one microsecond are in the order in which they were made. Not secret: do
 * not use one as a token.
 */
public final class TimeOrderedId {

  private static final int COUNTER_BITS = 30;
  private static final AtomicInteger COUNTER =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 20));

  private TimeOrderedId() {}

  /** A new id. */
  public static UUID at(Instant now) {
    long millis = now.toEpochMilli();
    long fraction = (now.get(ChronoField.NANO_OF_SECOND) % 1_000_000L) * 4_096 / 1_000_000;
    long high = (millis << 16) | 0x7000 | fraction;
    long count = COUNTER.getAndIncrement() & ((1L << COUNTER_BITS) - 1);
    long random = ThreadLocalRandom.current().nextInt() & 0xFFFF_FFFFL;
    return new UUID(high, 0x8000_0000_0000_0000L | (count << 32) | random);
  }

  /**
   * The id of what has this name: the same each time, so that whoever stores it again finds it
   * there, for as long as it is kept, without a unique key. Ids of one millisecond lie together
   * (UUID version 8, laid out like version 7; 74 bits of a SHA-256 of the name).
   *
   * @param since the same for the same name
   */
  public static UUID named(Instant since, String name) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(name));
    long high = (since.toEpochMilli() << 16) | 0x8000 | (hash.getShort() & 0xFFF);
    return new UUID(high, 0x8000_0000_0000_0000L | (hash.getLong() >>> 2));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
