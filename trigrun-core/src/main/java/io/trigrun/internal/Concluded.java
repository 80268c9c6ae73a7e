package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an attempt wants written, before anybody has planned what follows from it.
 *
 * @param handlerFollowUps what the handler itself wants stored along with it
 */
record Concluded(Run run, Transition transition, WriteSet handlerFollowUps) {

  private static final String STORE_REFUSED = "STORE_REFUSED";

  /** A run that was claimed and not started: as if it had not been claimed. */
  static Concluded notStarted(Run run, Instant now) {
    return back(run, now, run.claimed().dueAt(), run.claimed().turn());
  }

  /** A run whose turn is to come: as if it had not been claimed, and due then. */
  static Concluded deferred(Run run, Instant now, Turn turn) {
    return back(run, now, turn.at(), Optional.of(turn.text()));
  }

  private static Concluded back(Run run, Instant now, Instant dueAt, Optional<String> turn) {
    Transition back =
        new Transition(
            run.claimed().lease(),
            ExecutionState.PENDING,
            now,
            dueAt,
            Math.max(0, run.execution().attempt() - 1),
            Optional.empty(),
            Optional.empty(),
            run.execution().failure(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            WriteSet.empty(),
            turn,
            List.of());
    return new Concluded(run, back, WriteSet.empty());
  }

  /** What is written instead of an end that the store can't hold: that, and why. */
  Concluded unstorable(String why) {
    Transition end =
        Transition.to(
            ExecutionState.FAILED,
            transition.lease(),
            transition.attempt(),
            transition.at(),
            transition.at());
    Failure failure = new Failure(STORE_REFUSED, why);
    return new Concluded(
        run,
        new Transition(
            end.lease(),
            end.state(),
            end.at(),
            end.dueAt(),
            end.attempt(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(failure),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            WriteSet.empty()),
        WriteSet.empty());
  }

  /** Whether this is {@link #unstorable} already. */
  boolean isUnstorable() {
    return transition.failure().filter(why -> why.errorClass().equals(STORE_REFUSED)).isPresent();
  }

  /** Whether the attempt has left a mark that others may want to react to. */
  boolean isNews() {
    return transition.state().isFinal()
        || transition.state() == ExecutionState.WAITING
        || transition.record().isPresent();
  }

  /**
   * The same run, to be made again as if it had not been: what its handler wanted to write was
   * refused.
   */
  Concluded again() {
    Transition back =
        Transition.to(
            ExecutionState.PENDING,
            transition.lease(),
            Math.max(0, run.countedAttempt() - 1),
            transition.at(),
            transition.at());
    return new Concluded(run, back, WriteSet.empty());
  }
}
