package io.trigrun.examples.benchmarks.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** What the handlers report: how often each execution ran, and when the first one did. */
public final class Ledger implements IntConsumer {

  private final AtomicIntegerArray runs;
  private final AtomicInteger left;
  private final AtomicInteger early = new AtomicInteger();
  private final AtomicLong startedAt = new AtomicLong();
  private final CountDownLatch done = new CountDownLatch(1);

  /** For executions 0 to {@code size - 1}; any other should not run yet. */
  public Ledger(int size) {
    runs = new AtomicIntegerArray(size);
    left = new AtomicInteger(size);
  }

  @Override
  public void accept(int number) {
    if (startedAt.get() == 0) {
      startedAt.compareAndSet(0, System.nanoTime());
    }
    if (number >= runs.length()) {
      early.incrementAndGet();
    } else if (runs.getAndIncrement(number) == 0 && left.decrementAndGet() == 0) {
      done.countDown();
    }
  }

  /**
   * Waits until every execution has run.
   *
   * @param patience how long nothing may happen before it gives up
   * @param progress told every few seconds how many have run
   */
  public void await(Duration patience, IntConsumer progress) throws InterruptedException {
    int before = left.get();
    long changedAt = System.nanoTime();
    while (!done.await(2, TimeUnit.SECONDS)) {
      int now = left.get();
      progress.accept(runs.length() - now);
      if (now != before) {
        before = now;
        changedAt = System.nanoTime();
      } else if (System.nanoTime() - changedAt > patience.toNanos()) {
        return;
      }
    }
  }

  /** {@link System#nanoTime} of the first run. */
  public long startedAt() {
    return startedAt.get();
  }

  public boolean isComplete() {
    return left.get() == 0;
  }

  /** How many runs there were too many, those that were not due included. */
  public int duplicates() {
    int count = early.get();
    for (int i = 0; i < runs.length(); i++) {
      count += Math.max(0, runs.get(i) - 1);
    }
    return count;
  }

  /** How many executions did not run. */
  public int missing() {
    return left.get();
  }
}
