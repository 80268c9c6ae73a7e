package io.trigrun.jdbc;

import io.trigrun.spi.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends of executions that threads bring one by one. Each is a transaction of its own. What comes
 * while others are on their way waits for a thread that is done, which takes all that wait along:
 * they share a round trip and the disk's last word, but no transaction.
 */
final class SingleFinish {

  private static final int CALLS_AT_ONCE = 4;
  private static final int ENDS_PER_CALL = 64;

  /** One that a thread has brought and waits for. */
  private static final class Brought {
    final Transition transition;
    final Thread thread = Thread.currentThread();
    private volatile @Nullable Boolean ended;
    private volatile @Nullable RuntimeException failure;

    Brought(Transition transition) {
      this.transition = transition;
    }

    Optional<Boolean> outcome() {
      RuntimeException met = failure;
      if (met != null) {
        throw met;
      }
      return Optional.ofNullable(ended);
    }

    void isEnded(boolean whether) {
      ended = whether;
      LockSupport.unpark(thread);
    }

    void failed(RuntimeException reason) {
      failure = reason;
      LockSupport.unpark(thread);
    }
  }

  private final Database database;
  private final Queue<Brought> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);

  SingleFinish(Database database) {
    this.database = database;
  }

  /**
   * Returns when the end is durable, or false if it needs more than {@link BulkFinish} can do. An
   * interrupt is kept for later.
   */
  boolean run(Transition transition) {
    Brought own = new Brought(transition);
    waiting.add(own);
    boolean interrupted = false;
    try {
      Optional<Boolean> outcome = own.outcome();
      while (outcome.isEmpty()) {
        if (calls.tryAcquire()) {
          callWithAllThatWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
        outcome = own.outcome();
      }
      return outcome.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void callWithAllThatWait() {
    List<Brought> together = new ArrayList<>();
    try {
      for (Brought next; together.size() < ENDS_PER_CALL && (next = waiting.poll()) != null; ) {
        together.add(next);
      }
      if (!together.isEmpty()) {
        call(together);
      }
    } finally {
      calls.release();
      // Whoever came too late to be taken along makes the next call, and wakes the one after it.
      Brought next = waiting.peek();
      if (next != null) {
        LockSupport.unpark(next.thread);
      }
    }
  }

  private void call(List<Brought> together) {
    try {
      List<Transition> transitions = together.stream().map(one -> one.transition).toList();
      String ended =
          database.runUnframed(transaction -> BulkFinish.runEach(transaction, transitions));
      for (int i = 0; i < together.size(); i++) {
        together.get(i).isEnded(ended.charAt(i) == BulkFinish.ENDED);
      }
    } catch (RuntimeException | Error e) {
      RuntimeException reason =
          e instanceof RuntimeException known ? known : new IllegalStateException(e);
      together.forEach(one -> one.failed(reason));
      if (e instanceof Error error) {
        throw error;
      }
    }
  }
}
