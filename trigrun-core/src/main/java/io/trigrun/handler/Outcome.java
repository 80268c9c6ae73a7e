package io.trigrun.handler;

import io.trigrun.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How an attempt went. What it says in words ({@link Failure}, {@link AttemptReport}) is kept as
 * far as stores can hold it: U+0000 and unpaired surrogates become U+FFFD. Outputs, checkpoints and
 * wait keys are data: one that a store can't hold makes the attempt a failed one, {@code
 * UNUSABLE_OUTCOME}, which is retried as the policy says. So does one of more than 1,048,576
 * characters, or an output that is not JSON, but without a retry.
 */
public sealed interface Outcome {

  /** It went well. */
  static Succeeded succeeded() {
    return new Succeeded(Optional.empty(), AttemptReport.success());
  }

  /**
   * It went well, with a result.
   *
   * @param json a JSON text, kept as the execution's output
   */
  static Succeeded succeeded(String json) {
    return new Succeeded(Optional.of(json), AttemptReport.success());
  }

  /** It failed; another attempt may help. */
  static Failed failed(String errorClass, String message) {
    return new Failed(
        new Failure(errorClass, message), true, Optional.empty(), AttemptReport.error());
  }

  /** It can't go on now, and wants to later. */
  static Later later(Instant at) {
    return new Later(at, false, Optional.empty(), Optional.empty());
  }

  /**
   * It went well. The execution ends SUCCEEDED.
   *
   * @param output a JSON text
   */
  record Succeeded(Optional<String> output, AttemptReport report) implements Outcome {}

  /**
   * It failed. The execution gets another attempt if {@code retry} and its policy has one left,
   * else it ends FAILED.
   *
   * @param retryAfter do not retry sooner
   */
  record Failed(Failure failure, boolean retry, Optional<Duration> retryAfter, AttemptReport report)
      implements Outcome {

    /** The same, but another attempt is pointless. */
    public Failed withoutRetry() {
      return new Failed(failure, false, retryAfter, report);
    }

    /** The same, but no sooner than this. */
    public Failed retryAfter(Duration wait) {
      return new Failed(failure, retry, Optional.of(wait), report);
    }
  }

  /**
   * It goes on later, from PENDING.
   *
   * @param at when
   * @param countsAttempt whether this attempt uses up one of the policy's
   * @param checkpoint notes for the next attempt
   * @param report appended to the history; empty leaves no trace
   */
  record Later(
      Instant at,
      boolean countsAttempt,
      Optional<String> checkpoint,
      Optional<AttemptReport> report)
      implements Outcome {

    /** The same, with notes for the next attempt. */
    public Later withCheckpoint(String notes) {
      return new Later(at, countsAttempt, Optional.of(notes), report);
    }
  }

  /**
   * It waits, holding neither thread nor connection, until one of its wait keys is woken or the
   * time is up.
   *
   * @param until when the wait times out
   * @param waitKeys what it waits for
   * @param checkpoint notes for the attempt that goes on
   */
  record Parked(Instant until, Set<String> waitKeys, Optional<String> checkpoint)
      implements Outcome {
    public Parked {
      waitKeys = Set.copyOf(waitKeys);
    }
  }

  /** It is not to run at all. The execution ends CANCELLED. */
  record Cancelled(Failure reason) implements Outcome {}
}
