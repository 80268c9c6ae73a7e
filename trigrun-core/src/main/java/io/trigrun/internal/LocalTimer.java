package io.trigrun.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does things at instants, to the fraction of a millisecond, on one thread. What it does must be
 * short.
 */
final class LocalTimer {

  private record Alarm(Instant at, long sequence, Runnable action) {}

  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

  private final Clock clock;
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparingLong(Alarm::sequence));
  private final Loop loop = new Loop("trigrun-timer", this::awaitNext);
  private long sequence;

  LocalTimer(Clock clock) {
    this.clock = clock;
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop();
  }

  void at(Instant instant, Runnable action) {
    boolean first;
    synchronized (this) {
      Alarm alarm = new Alarm(instant, sequence++, action);
      alarms.add(alarm);
      first = alarm.equals(alarms.peek());
    }
    if (first) {
      loop.unpark();
    }
  }

  private void awaitNext() {
    Alarm due = takeDue();
    if (due != null) {
      due.action().run();
    } else {
      LockSupport.parkNanos(this, untilNext().toNanos());
    }
  }

  private synchronized @Nullable Alarm takeDue() {
    Alarm first = alarms.peek();
    return first != null && !first.at().isAfter(clock.instant()) ? alarms.remove() : null;
  }

  private synchronized Duration untilNext() {
    Alarm first = alarms.peek();
    if (first == null) {
      return LONGEST_NAP;
    }
    Duration wait = Duration.between(clock.instant(), first.at());
    return wait.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : wait;
  }
}
