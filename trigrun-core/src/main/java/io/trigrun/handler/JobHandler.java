package io.trigrun.handler;

/**
 * Host code that runs as a job. Returning means success, throwing means a failed attempt, which is
 * retried as the {@link io.trigrun.RetryPolicy} says. Code that must say more returns an {@link
 * Outcome}: see {@link OutcomeHandler}.
 *
 * <p>Called on a virtual thread where the JVM has them, else on a pool thread; by several threads
 * at once, also for the same job unless it limits its concurrency. An attempt may be repeated
 * although it did its work, if the node died before it was recorded: make effects idempotent, with
 * {@link JobContext#executionId()} for a key.
 *
 * @param <P> the payload, a record for example, read from JSON
 */
@FunctionalInterface
public interface JobHandler<P> {

  /**
   * Does the work.
   *
   * @throws InterruptedException when the execution was cancelled, its lease lost, or the node
   *     stops
   */
  void handle(P payload, JobContext context) throws Exception;
}
