package io.trigrun.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A Java function that {@link io.trigrun.workflow.definition.HandlerStep}s call.
 *
 * <p>Called on a virtual thread where the JVM has them, else on a pool thread; by several threads
 * at once. A call may be repeated although it did its work, if the node died before that was
 * recorded: make effects idempotent, with {@link StepContext#idempotencyKey()} for a key. A call
 * that was recorded is never repeated.
 *
 * @param <I> the input, a record for example, read from JSON
 */
@FunctionalInterface
public interface StepHandler<I> {

  /**
   * Does the work.
   *
   * @return the step's output: something that the codec can write, a {@link io.trigrun.Json} text,
   *     or null for none
   * @throws StepFailedException to say more about a failure than an exception does
   * @throws InterruptedException when the run was cancelled, took too long, or the node stops
   */
  @Nullable Object handle(I input, StepContext context) throws Exception;
}
