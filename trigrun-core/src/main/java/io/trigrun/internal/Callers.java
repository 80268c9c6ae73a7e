package io.trigrun.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads that start asynchronous handlers and take up what those leave. While enough of them are
 * free, one may lend itself to the run it has started, and wait with it.
 */
final class Callers implements Executor {

  private final ExecutorService threads;
  private final Semaphore lendable;

  /**
   * @param lendable how many of them may wait at once; the rest stay free for the others
   */
  Callers(ExecutorService threads, int lendable) {
    this.threads = threads;
    this.lendable = new Semaphore(lendable);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Returns whether the calling thread, one of these, may wait; to be taken back then. */
  boolean lend() {
    return lendable.tryAcquire();
  }

  void takeBack() {
    lendable.release();
  }

  void stop() {
    threads.shutdownNow();
  }

  @SuppressWarnings("ResultOfMethodCallIgnored")
  void awaitStop(long time, TimeUnit unit) throws InterruptedException {
    threads.awaitTermination(time, unit);
  }
}
