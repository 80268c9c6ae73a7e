package io.trigrun.internal;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue's permits on this node. Runs that are due wait here for a permit; a worker that is done
 * takes the next one along, without going back to the executor.
 *
 * <p>Without a lock: on platform threads many more workers than processors pass through here for
 * each run, and one that lost its processor while it held a lock would park all the others.
 */
final class Lane {

  /**
   * Starts a run. Returns true if it has ended already; else {@code whenDone} is called when it
   * has.
   */
  @FunctionalInterface
  interface Start {
    boolean start(Run run, Runnable whenDone);
  }

  /** How many runs that have ended may wait for their record before no more is claimed. */
  private static final int MOST_UNRECORDED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.engine");

  private final int permits;
  private final Function<Run, Executor> executors;
  private final Start start;
  private final Prefetch prefetch;
  private final Runnable continued = this::continueElsewhere;
  private final Queue<Run> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();

  /** Those held whose runs have not ended. */
  private final AtomicInteger open = new AtomicInteger();

  private final LongAdder recorded = new LongAdder();

  /** Whether a worker was asked for and has not begun: it asks for the next one when it does. */
  private final AtomicBoolean starting = new AtomicBoolean();

  private volatile int target;

  /**
   * @param executors where a run of that kind is started
   */
  Lane(int permits, int maxPrefetch, Function<Run, Executor> executors, Start start) {
    this.permits = permits;
    this.executors = executors;
    this.start = start;
    this.prefetch = new Prefetch(maxPrefetch);
    this.target = permits;
  }

  /** How many more to claim now; 0 when it is not worth asking yet. Asked by one thread. */
  int room(Instant now) {
    target = permits + prefetch.size(now, recorded.sum());
    return isWorthAsking() ? Math.min(target - open.get(), mostHeld() - held.get()) : 0;
  }

  private boolean isWorthAsking() {
    int stillOpen = open.get();
    boolean idle = running.get() < permits && ready.isEmpty();
    return (stillOpen <= target * 3 / 4 || (idle && stillOpen < target))
        && held.get() <= mostHeld() * 3 / 4;
  }

  private int mostHeld() {
    return target + MOST_UNRECORDED;
  }

  int held() {
    return held.get();
  }

  /** How many permits are in use. */
  int running() {
    return running.get();
  }

  /** A run of this queue was claimed. */
  void hold() {
    held.incrementAndGet();
    open.incrementAndGet();
  }

  /** A run of this queue has ended and is to be recorded. Returns whether to ask for more now. */
  boolean end() {
    open.decrementAndGet();
    return isWorthAsking();
  }

  /** A run that has ended is recorded, or given up. Returns whether to ask for more now. */
  boolean letGo() {
    held.decrementAndGet();
    recorded.increment();
    return isWorthAsking();
  }

  /** A run is due. */
  void offer(Run run) {
    ready.add(run);
    startNext();
  }

  /**
   * Asks for one more worker if a run waits and a permit is free. One at a time: while runs end
   * faster than threads wake, those that are awake do the work.
   */
  private void startNext() {
    while (!ready.isEmpty() && running.get() < permits && starting.compareAndSet(false, true)) {
      Run run = takePermit() ? next() : null;
      if (run != null && startElsewhere(run)) {
        return;
      }
      starting.set(false);
      if (run != null) {
        running.decrementAndGet();
        ready.add(run);
        return;
      }
    }
  }

  /** Called by whoever is starting a worker, one at a time: others only give permits back. */
  private boolean takePermit() {
    boolean free = running.get() < permits;
    if (free) {
      running.incrementAndGet();
    }
    return free;
  }

  /** Returns false if there is no thread to be had: a worker that is awake takes the run, then. */
  private boolean startElsewhere(Run run) {
    Executor executor = executors.apply(run);
    try {
      executor.execute(
          () -> {
            starting.set(false);
            startNext();
            work(run, executor);
          });
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      LOG.warn("No thread for execution {}: it waits for one that is busy", run.executionId(), e);
      return false;
    }
  }

  private void workElsewhere(Run run) {
    Executor executor = executors.apply(run);
    executor.execute(() -> work(run, executor));
  }

  private void work(Run first, Executor executor) {
    Run run = first;
    while (run != null && start.start(run, continued)) {
      forgetInterrupts();
      run = next();
      if (run != null && executors.apply(run) != executor) {
        workElsewhere(run);
        return;
      }
    }
  }

  /** A handler may have left its thread interrupted: that is not meant for the next one. */
  @SuppressWarnings("ResultOfMethodCallIgnored")
  private static void forgetInterrupts() {
    Thread.interrupted();
  }

  private void continueElsewhere() {
    Run next = next();
    if (next != null) {
      workElsewhere(next);
    }
  }

  /** The run that gets the permit of one that ended; null if none waits, and the permit is free. */
  private @Nullable Run next() {
    Run next = ready.poll();
    if (next == null) {
      running.decrementAndGet();
      // One may have been offered meanwhile, to whom no permit was free.
      startNext();
    }
    return next;
  }

  /** Forgets the runs that have not started. */
  void drain() {
    ready.clear();
  }
}
