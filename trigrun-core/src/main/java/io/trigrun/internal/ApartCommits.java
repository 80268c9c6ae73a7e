package io.trigrun.internal;

import io.trigrun.spi.Applied;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what may have to wait for a transaction of the host, which may take any time: apart from
 * all others, so that these need not wait, too.
 */
final class ApartCommits implements Commits {

  /** Runs something a while later. */
  @FunctionalInterface
  interface Alarm {
    void in(Duration wait, Runnable action);
  }

  /** A handler that ends its transaction before it returns, as it should, is never waited for. */
  static final Duration WORTH_A_WARNING = Duration.ofSeconds(10);

  /** Each one that waits has a connection, and the pool must not go dry. */
  private static final int AT_ONCE = 4;

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.completion");

  private final Commits each;
  private final Executor threads;
  private final Alarm alarm;
  private final Semaphore room = new Semaphore(AT_ONCE);

  /**
   * @param each how one is written, on the thread that brings it
   */
  ApartCommits(Commits each, Executor threads, Alarm alarm) {
    this.each = each;
    this.threads = threads;
    this.alarm = alarm;
  }

  @Override
  public void submit(Transition transition, Reply reply) {
    Told told = new Told(reply);
    alarm.in(WORTH_A_WARNING, () -> warn(transition, told));
    try {
      threads.execute(() -> write(transition, told));
    } catch (RejectedExecutionException e) {
      LOG.debug("The node has stopped; the lease of what it did not record will tell", e);
    }
  }

  private void write(Transition transition, Reply reply) {
    try {
      room.acquire();
    } catch (InterruptedException e) { // the node stops
      Thread.currentThread().interrupt();
      return;
    }
    try {
      each.submit(transition, reply);
    } finally {
      room.release();
    }
  }

  private static void warn(Transition transition, Told told) {
    if (!told.isDone()) {
      LOG.warn(
          "How execution {} went could not be recorded for {} s: the transaction in which its"
              + " handler completed it seems to be open still. Fix: commit or roll back before the"
              + " handler returns",
          transition.lease().executionId(),
          WORTH_A_WARNING.toSeconds());
    }
  }

  /** Knows whether there was a reply. */
  private static final class Told implements Reply {

    private final Reply reply;
    private final AtomicBoolean done = new AtomicBoolean();

    Told(Reply reply) {
      this.reply = reply;
    }

    boolean isDone() {
      return done.get();
    }

    @Override
    public void applied(Applied applied) {
      done.set(true);
      reply.applied(applied);
    }

    @Override
    public void refused(StoreException why) {
      done.set(true);
      reply.refused(why);
    }
  }
}
