package io.trigrun.chaos;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes do. */
final class Await {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  /** Something that comes true. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  static void until(String what, Duration limit, Condition condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("expected within " + limit + ": " + what);
      }
      if (NEVER.await(10, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("expected never");
      }
    }
  }
}
