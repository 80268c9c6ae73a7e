package io.trigrun.throttle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Token buckets by key, 10,000 of them at most: beyond that some begin anew. A bucket is one
 * number, the moment at which it will be full again. Thread-safe.
 */
public final class Buckets {

  private static final int MOST = 10_000;

  private final Cache<String, Long> fullAt = Caffeine.newBuilder().maximumSize(MOST).build();
  private final long perToken;
  private final long size;
  private final Clock clock;

  /**
   * @param burst how many tokens fit in
   * @param refill how long it takes for one to come back
   */
  public Buckets(int burst, Duration refill, Clock clock) {
    this.perToken = refill.toMillis();
    this.size = perToken * burst;
    this.clock = clock;
  }

  /** For failures of strangers, by network: 30, and one more every 2 seconds. */
  public static Buckets ofFailures(Clock clock) {
    return new Buckets(30, Duration.ofSeconds(2), clock);
  }

  /**
   * Takes a token.
   *
   * @return empty if there was one; or else how long until there is
   */
  public Optional<Duration> take(String key) {
    long now = clock.millis();
    long[] missing = {0};
    fullAt
        .asMap()
        .compute(
            key,
            (same, known) -> {
              long full = full(known == null ? now : known, now);
              missing[0] = missing(full, now);
              return missing[0] > 0 ? full : full + perToken;
            });
    return delay(missing[0]);
  }

  /** What {@link #take} would say; takes nothing. */
  public Optional<Duration> ask(String key) {
    long now = clock.millis();
    Long known = fullAt.getIfPresent(key);
    return known == null ? Optional.empty() : delay(missing(full(known, now), now));
  }

  /** A clock that is set back makes nobody wait for longer than an empty bucket does. */
  private long full(long known, long now) {
    return Math.min(Math.max(known, now), now + size);
  }

  private long missing(long full, long now) {
    return full + perToken - now - size;
  }

  private static Optional<Duration> delay(long missing) {
    return missing > 0 ? Optional.of(Duration.ofMillis(missing)) : Optional.empty();
  }
}
