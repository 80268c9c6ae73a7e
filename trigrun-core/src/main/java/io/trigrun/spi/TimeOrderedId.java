package io.trigrun.spi;

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
}
