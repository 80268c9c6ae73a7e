package io.trigrun.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that does one thing again and again until it is stopped, whatever that thing
 * throws.
 */
final class Loop {

  /** One round. May block; must end soon when interrupted. */
  @FunctionalInterface
  interface Round {
    void run() throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final long PAUSE_AFTER_SURPRISE_NANOS = 100_000_000;
  private static final long JOIN_MILLIS = 5_000;

  private final String name;
  private final Round round;
  private volatile boolean stopped;
  private boolean waiting;
  private volatile @Nullable Thread thread;

  Loop(String name, Round round) {
    this.name = name;
    this.round = round;
  }

  void start() {
    Thread started = new Thread(this::run, name);
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  boolean isStopped() {
    return stopped;
  }

  private void run() {
    while (!stopped) {
      try {
        round.run();
      } catch (InterruptedException e) {
        // Only stop() interrupts; the condition above sees it.
      } catch (RuntimeException | Error e) {
        LOG.error("{} met a surprise and goes on", name, e);
        LockSupport.parkNanos(PAUSE_AFTER_SURPRISE_NANOS);
      }
    }
  }

  /**
   * Waits for something. Only here does {@link #stop} interrupt: a thread that is interrupted
   * within a call of the store may lose what the call did, and closes the files of an embedded
   * database.
   */
  <T> T await(Callable<T> wait) throws InterruptedException {
    synchronized (this) {
      if (stopped) {
        throw new InterruptedException();
      }
      waiting = true;
    }
    try {
      return wait.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("expected a wait that throws nothing else", e);
    } finally {
      stopWaiting();
    }
  }

  @SuppressWarnings("ResultOfMethodCallIgnored")
  private synchronized void stopWaiting() {
    waiting = false;
    Thread.interrupted();
  }

  void sleep(Duration time) throws InterruptedException {
    await(
        () -> {
          TimeUnit.NANOSECONDS.sleep(time.toNanos());
          return time;
        });
  }

  /** Whether its thread still runs, although it was told to stop perhaps. */
  boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Wakes the thread if it is parked. */
  void unpark() {
    LockSupport.unpark(thread);
  }

  /** Ends the loop after the round under way, and waits for it. */
  void stop() {
    Thread running = thread;
    synchronized (this) {
      stopped = true;
      if (running != null && waiting) {
        running.interrupt();
      }
    }
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    LockSupport.unpark(running);
    try {
      running.join(JOIN_MILLIS);
      if (running.isAlive()) {
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
