package io.trigrun.notify;

import io.trigrun.notify.provider.DeliveryOutcome;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for channels that are not reached by HTTP and block while they send. At most sixteen, so
 * that a mail server that hangs holds up other mail and nothing else; they go when there is nothing
 * to send.
 */
final class DirectSends {

  private static final int MOST = 16;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  DirectSends() {
    threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "trigrun-direct-send");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs a send on one of the threads; cancelling the future interrupts it. */
  CompletableFuture<DeliveryOutcome> start(Callable<DeliveryOutcome> send) {
    CompletableFuture<DeliveryOutcome> result = new CompletableFuture<>();
    var running =
        threads.submit(
            () -> {
              try {
                result.complete(send.call());
              } catch (InterruptedException e) {
                result.completeExceptionally(e);
                Thread.currentThread().interrupt();
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    var unused =
        result.whenComplete(
            (outcome, failure) -> {
              if (result.isCancelled()) {
                running.cancel(true);
              }
            });
    return result;
  }
}
