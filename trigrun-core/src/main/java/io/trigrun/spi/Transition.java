package io.trigrun.spi;

import io.trigrun.Attempt;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How an attempt went, and all that follows from it: one atomic, fenced write.
 *
 * @param lease the lease under which it happened
 * @param state what the execution becomes. RUNNING keeps the lease: a checkpoint in the middle of
 *     an attempt, which may move the end of the lease later, never earlier
 * @param at when it happened; a finished execution's {@code finishedAt}
 * @param dueAt when somebody must look again; for a final state the same as {@code at}
 * @param attempt the execution's attempt number from now on: one less than claimed if the attempt
 *     is not to count
 * @param record the attempt to append to the history; appending the same number again under the
 *     same lease changes nothing
 * @param output the result; empty leaves what is there
 * @param failure why it failed; empty clears what is there
 * @param checkpoint the handler's notes; empty leaves what is there
 * @param progress what the handler said; empty leaves what is there
 * @param waitKeys for WAITING: what it waits for. If one of them was woken already and the wake-up
 *     not consumed, the execution becomes PENDING and due at once
 * @param consumed wait keys whose wake-ups are dealt with: they are not handed out again, but
 *     remain taken
 * @param followUps what is stored along with it
 * @param turn for PENDING: the turn under its rate limits that waits for it; a note of the engine,
 *     handed out with the next claim. Empty clears what is there
 * @param journal appended to the journal of the execution; a number that is there already is passed
 *     over
 */
public record Transition(
    Lease lease,
    ExecutionState state,
    Instant at,
    Instant dueAt,
    int attempt,
    Optional<Attempt> record,
    Optional<String> output,
    Optional<Failure> failure,
    Optional<String> checkpoint,
    Optional<Progress> progress,
    Set<String> waitKeys,
    Set<String> consumed,
    WriteSet followUps,
    Optional<String> turn,
    List<JournalEntry> journal) {

  public Transition {
    at = at.truncatedTo(ChronoUnit.MICROS);
    dueAt = dueAt.truncatedTo(ChronoUnit.MICROS);
    waitKeys = Set.copyOf(waitKeys);
    consumed = Set.copyOf(consumed);
    journal = List.copyOf(journal);
    if (state == ExecutionState.CANCELLED && failure.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a failure that says why it is cancelled, got none");
    }
    if (state != ExecutionState.WAITING && !waitKeys.isEmpty()) {
      throw new IllegalArgumentException("expected wait keys only with WAITING, got " + state);
    }
    if (state != ExecutionState.PENDING && turn.isPresent()) {
      throw new IllegalArgumentException("expected a turn only with PENDING, got " + state);
    }
  }

  /** A transition that has no turn to keep and nothing for the journal. */
  public Transition(
      Lease lease,
      ExecutionState state,
      Instant at,
      Instant dueAt,
      int attempt,
      Optional<Attempt> record,
      Optional<String> output,
      Optional<Failure> failure,
      Optional<String> checkpoint,
      Optional<Progress> progress,
      Set<String> waitKeys,
      Set<String> consumed,
      WriteSet followUps) {
    this(
        lease,
        state,
        at,
        dueAt,
        attempt,
        record,
        output,
        failure,
        checkpoint,
        progress,
        waitKeys,
        consumed,
        followUps,
        Optional.empty(),
        List.of());
  }

  /** A transition that records nothing but the new state. */
  public static Transition to(
      ExecutionState state, Lease lease, int attempt, Instant at, Instant dueAt) {
    return new Transition(
        lease,
        state,
        at,
        dueAt,
        attempt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        WriteSet.empty());
  }

  public Transition with(WriteSet writes) {
    return new Transition(
        lease,
        state,
        at,
        dueAt,
        attempt,
        record,
        output,
        failure,
        checkpoint,
        progress,
        waitKeys,
        consumed,
        writes,
        turn,
        journal);
  }
}
