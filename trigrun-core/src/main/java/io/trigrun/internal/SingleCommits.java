package io.trigrun.internal;

import io.trigrun.spi.Applied;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each transition by itself on the thread that brings it, which has nothing else to do until
 * that is durable. What can't be written now is tried again until it can, as by {@link Committer}.
 */
final class SingleCommits implements Commits {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.committer");

  /** How long {@link #stop} may go unnoticed. */
  private static final long SLICE_NANOS = 100_000_000;

  private final EngineContext context;
  private final Consumer<Throwable> outage;
  private volatile boolean stopped;

  SingleCommits(EngineContext context) {
    this(context, failure -> context.storeHealth().failed(StoreHealth.Part.RECORD, failure));
  }

  /**
   * @param outage hears of each failure of the store that is worth another try
   */
  SingleCommits(EngineContext context, Consumer<Throwable> outage) {
    this.context = context;
    this.outage = outage;
  }

  @Override
  public void submit(Transition transition, Reply reply) {
    Pause pause = new Pause(Duration.ofMillis(50), Duration.ofSeconds(5));
    while (!stopped) {
      Applied applied;
      try {
        applied = context.store().apply(List.of(transition)).get(0);
      } catch (StoreException e) {
        if (!e.isRetryable()) {
          Commits.tellRefusal(LOG, transition, e);
          reply.refused(e);
          return;
        }
        pauseAfter(e, pause.next());
        continue;
      } catch (RuntimeException | Error e) {
        // Not what the SPI allows: taken for an outage, since nothing may be lost.
        pauseAfter(e, pause.next());
        continue;
      }
      context.storeHealth().worked(StoreHealth.Part.RECORD);
      reply.applied(applied);
      return;
    }
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  /** An interrupt does not end it: what a handler has done is to be recorded all the same. */
  private void pauseAfter(Throwable failure, Duration pause) {
    outage.accept(failure);
    long end = System.nanoTime() + pause.toNanos();
    boolean interrupted = false;
    while (!stopped && end - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, Math.min(SLICE_NANOS, end - System.nanoTime()));
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What waits to be tried again is given up on: the next lease will tell. */
  void stop() {
    stopped = true;
  }
}
