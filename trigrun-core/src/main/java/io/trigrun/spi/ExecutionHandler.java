package io.trigrun.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Runs executions of one handler name: what {@link io.trigrun.handler.JobHandler}s, HTTP calls and
 * deliveries all are to the engine.
 */
@FunctionalInterface
public interface ExecutionHandler {

  /**
   * Makes one attempt. May block, or return at once and complete the stage from another thread: the
   * execution keeps its permit and its lease until then. Throwing, or completing with an exception,
   * is a failed attempt that may be retried. When {@link RunContext#isCancelled()} turns true the
   * stage is cancelled and the calling thread, if still in the call, interrupted.
   */
  CompletionStage<HandlerResult> handle(RunContext context) throws Exception;

  /**
   * The host that {@link #handle} would call, as in its URL, so that a rate limit on that host can
   * be kept (row S30). Asked before an attempt if there are such limits. Returns at once. Default:
   * none.
   */
  default Optional<String> targetHost(RunContext context) {
    return Optional.empty();
  }

  /**
   * Whether {@link #handle} returns at once and the work goes on without a thread of the engine.
   * Such handlers share a few threads, so that thousands of them may be under way; one that blocks
   * all the same, without asking {@link RunContext#mayWait}, holds up the others. Default: it
   * blocks, and gets a thread for as long.
   */
  default boolean isAsynchronous() {
    return false;
  }

  /**
   * The payload of a run that repeats one of the same job (row S13): for handlers whose runs may
   * have been given an input of their own. Returns at once. Default: what the job says now.
   *
   * @param repeated the payload of the run that is repeated
   * @param current the payload that the job gives its runs now
   */
  default String replay(String repeated, String current) {
    return current;
  }
}
