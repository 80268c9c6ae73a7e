package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.spi.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of the others when the thread that calls for all is stopped in the middle. */
class SharedCallsLeaderTest {

  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final CountDownLatch firstMayReturn = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final BlockingQueue<Thread> callers = new LinkedBlockingQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final SharedCalls<Integer, Integer> shared = new SharedCalls<>(1, this::answer);

  /** The first call waits for the test, the second one for an interrupt, others answer. */
  private List<Integer> answer(List<Integer> items) {
    int call = calls.incrementAndGet();
    callers.add(Thread.currentThread());
    try {
      if (call == 1) {
        firstMayReturn.await();
      } else if (call == 2) {
        never.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.unavailable("interrupted", new SQLException(e));
    }
    return items;
  }

  /** One thread that brings a number, and says at its end whether it was interrupted. */
  private final class Caller {
    final FutureTask<Integer> answer;
    final Thread thread;
    private volatile boolean interrupted;

    Caller(int item) {
      answer = new FutureTask<>(() -> shared.run(item));
      thread =
          new Thread(
              () -> {
                answer.run();
                interrupted = Thread.currentThread().isInterrupted();
              });
      thread.start();
    }

    void awaitParked() {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (thread.getState() != Thread.State.WAITING) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void who_is_interrupted_while_calling_for_all_fails_alone() throws Exception {
    Caller first = new Caller(0);
    assertThat(callers.poll(20, TimeUnit.SECONDS)).isEqualTo(first.thread);
    List<Caller> others = new ArrayList<>();
    for (int item = 1; item <= 3; item++) {
      others.add(new Caller(item));
    }
    others.forEach(Caller::awaitParked);

    firstMayReturn.countDown();
    Thread leader = callers.poll(20, TimeUnit.SECONDS);
    assertThat(leader).isNotNull();
    leader.interrupt();

    assertThat(first.answer.get(20, TimeUnit.SECONDS)).isZero();
    for (int item = 1; item <= 3; item++) {
      Caller caller = others.get(item - 1);
      if (caller.thread.equals(leader)) {
        assertThatThrownBy(() -> caller.answer.get(20, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(StoreException.class);
        caller.thread.join(20_000);
        assertThat(caller.interrupted).isTrue();
      } else {
        assertThat(caller.answer.get(20, TimeUnit.SECONDS)).isEqualTo(item);
      }
    }
  }
}
