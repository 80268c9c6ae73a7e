package io.trigrun.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * How many executions to hold beyond the permits: as many as end in a tenth of a second. Fast work
 * is claimed in large batches, slow work is left to whichever node is free for it.
 */
final class Prefetch {

  private static final long WINDOW_MILLIS = 20;
  private static final double SECONDS_AHEAD = 0.1;

  private final int most;
  private Instant since = Instant.MIN;
  private long endedBefore;
  private int size;

  Prefetch(int most) {
    this.most = most;
  }

  /** The size for now, given how many have ended so far. */
  int size(Instant now, long ended) {
    if (since.equals(Instant.MIN)) {
      since = now;
      endedBefore = ended;
    }
    long millis = Duration.between(since, now).toMillis();
    if (millis >= WINDOW_MILLIS) {
      double perSecond = (ended - endedBefore) * 1_000.0 / millis;
      size = (int) Math.min(most, Math.max(perSecond * SECONDS_AHEAD, size / 2.0));
      since = now;
      endedBefore = ended;
    } else if (millis < 0) {
      since = now;
    }
    return size;
  }
}
