package io.trigrun.jdbc;

import io.trigrun.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls for one thing each, from many threads. What comes while others are on their way waits for a
 * thread that is done, which takes all that wait along: they share a round trip. No thread waits
 * for company.
 */
final class SharedCalls<I, O> {

  private static final int ITEMS_PER_CALL = 64;

  /** What a thread has brought and waits for. */
  private static final class Brought<I, O> {
    final I item;
    private final Thread thread = Thread.currentThread();
    private volatile boolean onItsWay;
    private volatile @Nullable O answer;
    private volatile @Nullable RuntimeException failure;

    Brought(I item) {
      this.item = item;
    }

    boolean isOnItsWay() {
      return onItsWay;
    }

    boolean isMine() {
      return thread == Thread.currentThread();
    }

    Optional<O> outcome() {
      RuntimeException met = failure;
      if (met != null) {
        throw met;
      }
      return Optional.ofNullable(answer);
    }

    Brought<I, O> setOut() {
      onItsWay = true;
      return this;
    }

    /** Somebody else has to take it along. */
    void isBack() {
      onItsWay = false;
    }

    void answer(O value) {
      answer = value;
      wake();
    }

    void fail(RuntimeException reason) {
      failure = reason;
      wake();
    }

    void failUnlessAnswered(RuntimeException reason) {
      if (answer == null && failure == null) {
        fail(reason);
      }
    }

    /** Not oneself: whoever parks next on this thread would not wait. */
    void wake() {
      if (!isMine()) {
        LockSupport.unpark(thread);
      }
    }
  }

  private final Function<List<I>, List<O>> call;
  private final Queue<Brought<I, O>> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore calls;

  /**
   * @param atOnce how many calls may be on their way
   * @param call answers each in their order; if it throws, all hear of it, except that what the
   *     store refuses is tried again one by one
   */
  SharedCalls(int atOnce, Function<List<I>, List<O>> call) {
    this.calls = new Semaphore(atOnce);
    this.call = call;
  }

  /** Returns the answer to one. An interrupt is kept for later. */
  O run(I item) {
    Brought<I, O> own = new Brought<>(item);
    waiting.add(own);
    boolean interrupted = false;
    try {
      Optional<O> outcome = own.outcome();
      while (outcome.isEmpty()) {
        interrupted |= Thread.interrupted(); // it would break the connection of all
        if (!own.isOnItsWay() && calls.tryAcquire()) {
          callForAllThatWait();
        } else {
          LockSupport.park(this);
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

  @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it
  private void callForAllThatWait() {
    List<Brought<I, O>> together = new ArrayList<>(ITEMS_PER_CALL);
    try {
      // Those who were just answered may be about to bring their next: more share a call.
      Thread.yield();
      Brought<I, O> next = waiting.poll();
      while (next != null) {
        together.add(next.setOut());
        next = together.size() < ITEMS_PER_CALL ? waiting.poll() : null;
      }
      if (!together.isEmpty()) {
        callFor(together);
      }
    } catch (Error e) {
      RuntimeException failure = new IllegalStateException("a call that was shared has failed", e);
      together.forEach(one -> one.failUnlessAnswered(failure));
    } finally {
      calls.release();
      // Whoever came too late to be taken along makes the next call, and wakes the one after it.
      Brought<I, O> next = waiting.peek();
      if (next != null) {
        next.wake();
      }
    }
  }

  private void callFor(List<Brought<I, O>> together) {
    try {
      List<O> answers = call.apply(together.stream().map(one -> one.item).toList());
      for (int i = 0; i < together.size(); i++) {
        together.get(i).answer(answers.get(i));
      }
    } catch (StoreException e) {
      if (e.isRetryable()) {
        failed(together, e);
      } else if (together.size() == 1) {
        together.get(0).fail(e);
      } else {
        together.forEach(one -> callFor(List.of(one)));
      }
    } catch (RuntimeException e) {
      failed(together, e);
    }
  }

  /** Who makes the call may have been interrupted in it, which is no failure of the others'. */
  private void failed(List<Brought<I, O>> together, RuntimeException e) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    for (Brought<I, O> one : together) {
      if (interrupted && !one.isMine()) {
        one.isBack();
        waiting.add(one);
        one.wake();
      } else {
        one.fail(e);
      }
    }
  }
}
