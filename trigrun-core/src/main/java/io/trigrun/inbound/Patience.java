package io.trigrun.inbound;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a thread that talks to a client for too long. The JDK's server waits for clients in
 * interruptible channels, without a limit: the interrupt closes the connection.
 */
final class Patience {

  private final Thread talking = Thread.currentThread();
  private boolean isOver;
  private boolean hasInterrupted;

  private Patience() {}

  /** What is read from a client or written to it. */
  @FunctionalInterface
  interface Talk<T> {
    T run() throws IOException;
  }

  static <T> T of(Duration time, Talk<T> talk) throws IOException {
    Patience patience = new Patience();
    CompletableFuture<Void> end = new CompletableFuture<>();
    var unused =
        end.orTimeout(time.toNanos(), TimeUnit.NANOSECONDS)
            .exceptionally(
                late -> {
                  patience.interrupt();
                  return null;
                });
    try {
      return talk.run();
    } finally {
      end.complete(null);
      patience.isOver();
    }
  }

  private synchronized void interrupt() {
    if (!isOver) {
      hasInterrupted = true;
      talking.interrupt();
    }
  }

  private synchronized void isOver() {
    isOver = true;
    if (hasInterrupted) {
      boolean unused = Thread.interrupted(); // it was for the channel, and for nothing later
    }
  }
}
