package io.trigrun.workflow.internal.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Token buckets by key, 10,000 of them at most: beyond that some begin anew. A bucket is one
 * number, the moment at which it will be full again.
 */
final class Buckets {

  private static final int MOST = 10_000;

  private final Cache<String, Long> fullAt = Caffeine.newBuilder().maximumSize(MOST).build();
  private final long perToken;
  private final long size;
  private final Clock clock;

  /**
   * @param burst how many tokens fit in
   * @param refill how long it takes for one to come back
   */
  Buckets(int burst, Duration refill, Clock clock) {
    this.perToken = refill.toMillis();
    this.size = perToken * burst;
    this.clock = clock;
  }

  /**
   * Takes a token.
   *
   * @return empty if there was one; or else how long until there is
   */
  Optional<Duration> take(String key) {
    long now = clock.millis();
    long[] missing = {0};
    fullAt
        .asMap()
        .compute(
            key,
            (same, known) -> {
              boolean isNew = known == null || known > now + size; // or the clock was set back
              long full = isNew ? now : Math.max(known, now);
              missing[0] = full + perToken - now - size;
              return missing[0] > 0 ? full : full + perToken;
            });
    return missing[0] > 0 ? Optional.of(Duration.ofMillis(missing[0])) : Optional.empty();
  }
}
