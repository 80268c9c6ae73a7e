package io.trigrun.trace;

import io.trigrun.Execution;
import io.trigrun.Failure;
import java.util.Optional;

/**
 * Connects a TrigRun to a tracer (row S26): {@code OpenTelemetryTracing} is one; write your own for
 * another. Called by any thread. Whatever it throws is logged and changes nothing else.
 *
 * <p>The trace in which something is enqueued is kept with the execution; each attempt goes on in
 * it; what follows from the execution (callbacks, notifications, chained jobs) and HTTP calls go on
 * in the attempt's. The library's own executions, such as the next firing of a schedule, belong to
 * no trace: each run of a schedule begins one.
 */
public interface Tracing {

  /** No tracer: nothing is kept, and what comes with an execution is passed on as it is. */
  static Tracing none() {
    return NoTracing.INSTANCE;
  }

  /**
   * Where in which trace the calling thread is; asked for each call that enqueues, replays or runs
   * something, on its thread. Should take less than a microsecond.
   */
  Optional<TraceContext> current();

  /**
   * An attempt begins.
   *
   * @param execution as claimed; {@link Execution#trace()} tells in which trace it was enqueued
   */
  AttemptSpan begin(Execution execution);

  /** An attempt, as a tracer sees it. */
  interface AttemptSpan {

    /** Of an attempt that no tracer sees. */
    static AttemptSpan none() {
      return NoTracing.INSTANCE;
    }

    /** Where the attempt is in which trace: what it calls and what follows from it goes on here. */
    Optional<TraceContext> context();

    /**
     * Makes it the current one of the calling thread, which is about to call the handler, until the
     * scope is closed on the same thread, when the handler has returned.
     */
    Scope enter();

    /**
     * The attempt is over; called once, by any thread. Not called if the process dies.
     *
     * @param failure why it failed; {@code LEASE_LOST} if its end is not recorded. The message may
     *     hold anything that the handler said
     */
    void end(Optional<Failure> failure);
  }

  /** Something current, until it is closed. */
  @FunctionalInterface
  interface Scope extends AutoCloseable {

    @Override
    void close();
  }
}
