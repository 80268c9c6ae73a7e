package io.trigrun.handler;

import io.trigrun.Trigger;
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

  /** What an earlier attempt noted down with {@link Outcome.Later#withCheckpoint}. */
  Optional<String> checkpoint();

  /**
   * Adds a line to the attempt's log, which is kept with the attempt: the first 64 KB of it, cut on
   * a character. Secrets do not belong here.
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
   * Whether to stop at the next good moment: the execution was cancelled, its lease was lost, or
   * the node stops. The handler's thread is interrupted as well. Once this has answered true
   * nothing that the handler returns is recorded: a cancelled execution stays cancelled, one whose
   * node stops runs again later.
   */
  boolean isCancelled();
}
