package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups the transitions of many runs into one write: while a write is under way the next group
 * gathers, so groups grow with the load and a single transition never waits for company. Only while
 * tens of thousands come in a second does it let them gather for a moment. What can't be written
 * now is tried again until it can: a transition whose lease has ended meanwhile is then refused by
 * the store, not lost.
 */
final class Committer implements Commits {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.committer");

  private record Pending(Transition transition, Reply reply) {}

  private final EngineContext context;
  private final CommitPace pace = new CommitPace(System.nanoTime());
  private final Pause pause = new Pause(Duration.ofMillis(50), Duration.ofSeconds(5));
  private final LinkedTransferQueue<Pending> waiting = new LinkedTransferQueue<>();
  private final AtomicInteger unwritten = new AtomicInteger();
  private final Loop loop = new Loop("trigrun-committer", this::writeNext);

  Committer(EngineContext context) {
    this.context = context;
  }

  void start() {
    loop.start();
  }

  @Override
  public void submit(Transition transition, Reply reply) {
    int size = unwritten.incrementAndGet();
    waiting.add(new Pending(transition, reply));
    // A run that goes on afterwards waits for this one: no gathering.
    if (size == context.settings().maxBatch() || transition.state() == ExecutionState.RUNNING) {
      loop.unpark();
    }
  }

  @Override
  public boolean isStopped() {
    return loop.isStopped();
  }

  /** Waits until everything submitted so far is written, at most as long as given. */
  boolean flush(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (unwritten.get() > 0) {
      synchronized (unwritten) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(
            unwritten, Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
      }
    }
    return true;
  }

  void stop() {
    loop.stop();
  }

  private void writeNext() throws InterruptedException {
    if (pace.isFast() && unwritten.get() < context.settings().maxBatch()) {
      LockSupport.parkNanos(this, CommitPace.GATHER.toNanos());
    }
    List<Pending> group = new ArrayList<>();
    group.add(loop.await(waiting::take));
    waiting.drainTo(group, context.settings().maxBatch() - 1);
    write(group);
    pace.wrote(group.size(), System.nanoTime());
  }

  private void write(List<Pending> group) throws InterruptedException {
    while (!loop.isStopped()) {
      try {
        List<Applied> results =
            context.store().apply(group.stream().map(Pending::transition).toList());
        context.storeHealth().worked(StoreHealth.Part.RECORD);
        pause.reset();
        settle(group, results);
        return;
      } catch (StoreException e) {
        if (!e.isRetryable()) {
          writeApart(group, e);
          return;
        }
        context.storeHealth().failed(StoreHealth.Part.RECORD, e);
        pause.await(loop);
      } catch (RuntimeException | Error e) {
        // Not what the SPI allows: taken for an outage, since nothing may be lost.
        context.storeHealth().failed(StoreHealth.Part.RECORD, e);
        pause.await(loop);
      }
    }
  }

  /** One of the group can't be stored: finds out which, so that it harms nobody else. */
  private void writeApart(List<Pending> group, StoreException refusal) throws InterruptedException {
    if (group.size() > 1) {
      int half = group.size() / 2;
      write(group.subList(0, half));
      write(group.subList(half, group.size()));
      return;
    }
    Commits.tellRefusal(LOG, group.get(0).transition(), refusal);
    settle(group.get(0), pending -> pending.reply().refused(refusal));
    written(1);
  }

  private void settle(List<Pending> group, List<Applied> results) {
    for (int i = 0; i < group.size(); i++) {
      Applied result = results.get(i);
      settle(group.get(i), pending -> pending.reply().applied(result));
    }
    written(group.size());
  }

  private static void settle(Pending pending, Consumer<Pending> how) {
    try {
      how.accept(pending);
    } catch (RuntimeException | Error e) {
      LOG.error("Settling a recorded transition met a surprise", e);
    }
  }

  private void written(int count) {
    if (unwritten.addAndGet(-count) == 0) {
      synchronized (unwritten) {
        unwritten.notifyAll();
      }
    }
  }
}
