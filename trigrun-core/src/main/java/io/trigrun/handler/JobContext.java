package io.trigrun.handler;

import io.trigrun.StoreSession;
import io.trigrun.Trigger;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a handler may know and say about the attempt it makes. Thread-safe; useless once the handler
 * has returned.
 */
public interface JobContext {

  /** The execution; the same in every attempt, so a good idempotency key. */
  UUID executionId();

  /** The job it is a run of, if it is one. */
  Optional<UUID> jobId();

  /** The tenant it belongs to. */
  String workspace();

  /** The number of this attempt, from 1. */
  int attempt();

  /**
   * The moment the execution is meant for: the schedule's instant, not the moment it happened to
   * start.
   */
  Instant scheduledFor();

  /** What brought the execution into being. */
  Trigger trigger();

  /**
   * The run that started this one, by {@link io.trigrun.JobTriggers}, with all before it. Read from
   * the store when it is asked for, two reads a run: on the calling thread.
   *
   * @throws io.trigrun.spi.StoreException if the store does not work
   */
  default Optional<ParentRun> parentRun() {
    return Optional.empty();
  }

  /**
   * Where the attempt is in which trace (row S26): that of its own span if the TrigRun has a {@link
   * io.trigrun.trace.Tracing}, else the one in which the execution was enqueued. Put its {@link
   * TraceContext#headers() headers} into calls that no tracer sees.
   */
  default Optional<TraceContext> trace() {
    return Optional.empty();
  }

  /** What an earlier attempt noted down with {@link Outcome.Later#withCheckpoint}. */
  Optional<String> checkpoint();

  /**
   * Adds a line to the attempt's log, which is kept with the attempt: the first 64 KB of it, cut on
   * a character. What no store can hold (U+0000, unpaired surrogates) becomes U+FFFD. Secrets do
   * not belong here.
   */
  void log(String line);

  /**
   * Says how far it has come. Others see it after at most a third of the lease time; the last word
   * is always kept.
   *
   * @param fraction 0 to 1
   * @throws io.trigrun.validation.ValidationException if the fraction is out of range
   */
  void progress(double fraction, String message);

  /**
   * Records within a transaction of the host that the execution has succeeded: it has, with all
   * that follows from that, if and only if the host commits. So what the handler wrote in the same
   * transaction took effect exactly once. Call it last, then commit, then return; the execution's
   * lease is not extended from here on.
   *
   * <p>If the transaction does not commit, the handler may begin another and complete in that. If
   * it throws, or returns in whichever way without having committed, the attempt is recorded as if
   * this had not been called; a return that says success is a failed attempt ({@code ROLLED_BACK})
   * then, and retried. After the commit nothing that the handler does changes the record any more.
   *
   * <p>Within one transaction the first call counts. With {@link StoreSession#own()} the success is
   * recorded at once.
   *
   * @throws io.trigrun.LeaseLostException if the execution was cancelled or taken over: roll back
   * @throws io.trigrun.ConflictException if its job changes all the time: roll back
   * @throws IllegalStateException if it was completed and committed before, or the handler has
   *     returned: roll back
   * @throws IllegalArgumentException if the session is not one of the store's
   */
  void complete(StoreSession session);

  /**
   * As {@link #complete(StoreSession)}, with a result.
   *
   * @param output a JSON text, kept as the execution's output
   * @throws io.trigrun.validation.ValidationException if it is not JSON, is longer than 1,048,576
   *     characters, or has a U+0000 or an unpaired surrogate in it
   */
  void complete(StoreSession session, String output);

  /**
   * Whether to stop at the next good moment: the execution was cancelled, its lease was lost, or
   * the node stops. The handler's thread is interrupted as well. Once this has answered true
   * nothing that the handler returns is recorded: a cancelled execution stays cancelled, one whose
   * node stops runs again later.
   */
  boolean isCancelled();
}
