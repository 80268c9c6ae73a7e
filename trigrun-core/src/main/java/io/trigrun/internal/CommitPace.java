package io.trigrun.internal;

import java.time.Duration;

/**
 * Whether transitions come so fast that the committer had better let some gather before it writes:
 * else a store that is quick makes groups of two or three, and one thread wakes another for each. A
 * few runs that follow one another are never slowed down. Used by one thread.
 */
final class CommitPace {

  /** How long to let them gather. */
  static final Duration GATHER = Duration.ofMillis(2);

  private static final long WINDOW_NANOS = GATHER.toNanos();
  private static final int FAST_PER_WINDOW = 40;

  private long since;
  private int written;
  private boolean fast;

  CommitPace(long nanoTime) {
    this.since = nanoTime;
  }

  /** A group was written. */
  void wrote(int size, long nanoTime) {
    written += size;
    long nanos = nanoTime - since;
    if (nanos >= WINDOW_NANOS) {
      fast = written > FAST_PER_WINDOW * (double) nanos / WINDOW_NANOS;
      since = nanoTime;
      written = 0;
    }
  }

  boolean isFast() {
    return fast;
  }
}
