package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * A wait of a stored run that is, was or may come to be.
 *
 * @param state empty if the run has not begun, or a newer version of the library has it
 * @param open as it is while the run waits for it
 * @param key the step's key, without the approver
 * @param approver whose vote it is, as a place in the list
 */
record FoundWait(
    Execution execution,
    Plan plan,
    Optional<RunState> state,
    Optional<Active> open,
    Step step,
    String key,
    int approver) {

  Kind kind() {
    return step instanceof ApprovalStep ? Kind.APPROVAL : Kind.WEBHOOK;
  }

  /** When its time is up, if it is open and has one of its own. */
  Optional<Instant> expiresAt() {
    Active active = open.orElse(null);
    if (active instanceof Active.Open waiting) {
      return waiting.expiresAt();
    }
    return active instanceof Active.Asking asking ? asking.expiresAt() : Optional.empty();
  }

  /** Whether the run may come to it yet; nobody knows of one that has not begun. */
  boolean isAhead() {
    return state.map(known -> Reach.isAhead(plan, known, WaitKey.parse(key))).orElse(true);
  }

  /** Whether its time is up: its run finds that out a moment later. */
  boolean isExpired(Instant now) {
    return expiresAt().filter(at -> !now.isBefore(at)).isPresent();
  }

  /** Whether its time is up, or that of the run. */
  boolean isLate(Instant now) {
    boolean isRunLate =
        plan.workflow().countWaiting()
            && !execution.state().isFinal()
            && state
                .filter(known -> known.end == null && !now.isBefore(known.deadline))
                .isPresent();
    return isRunLate || isExpired(now);
  }
}
