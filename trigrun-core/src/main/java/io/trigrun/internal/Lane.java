package io.trigrun.internal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A queue's permits on this node. Runs that are due wait here for a permit; a worker that is done
 * takes the next one along, without going back to the executor.
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

  private final int permits;
  private final Function<Run, Executor> executors;
  private final Start start;
  private final Prefetch prefetch;
  private final Runnable continued = this::continueElsewhere;
  private final Deque<Run> ready = new ArrayDeque<>();
  private int running;
  private int held;
  private int target;
  private long ended;

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

  /** How many more to claim now; 0 when it is not worth asking yet. */
  synchronized int room(Instant now) {
    target = permits + prefetch.size(now, ended);
    int room = target - held;
    boolean idle = running < permits && ready.isEmpty();
    return room > 0 && (idle || held <= target * 3 / 4) ? room : 0;
  }

  synchronized int held() {
    return held;
  }

  /** A run of this queue was claimed. */
  synchronized void hold() {
    held++;
  }

  /**
   * A run of this queue is recorded, or given up. Returns whether it is worth asking for more now.
   */
  synchronized boolean letGo() {
    held--;
    ended++;
    return held <= target * 3 / 4 || (running < permits && ready.isEmpty());
  }

  /** A run is due. */
  void offer(Run run) {
    synchronized (this) {
      if (running >= permits) {
        ready.add(run);
        return;
      }
      running++;
    }
    workElsewhere(run);
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

  /** The run that gets the permit of one that ended. */
  private synchronized @Nullable Run next() {
    Run next = ready.poll();
    if (next == null) {
      running--;
    }
    return next;
  }

  /** Forgets the runs that have not started. */
  synchronized void drain() {
    ready.clear();
  }
}
