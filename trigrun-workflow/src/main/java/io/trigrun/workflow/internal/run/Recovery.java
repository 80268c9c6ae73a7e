package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import java.util.List;
import java.util.Optional;

/**
 * Attempts that were under way when somebody else worked on the run are made again, unless their
 * step forbids that.
 */
final class Recovery {

  private final int lost;

  private Recovery(int lost) {
    this.lost = lost;
  }

  /**
   * @param lost how many nodes have died since the last boundary
   */
  static void recover(RunState state, Plan plan, int lost) {
    new Recovery(Math.max(1, lost)).recover(state.root, plan.workflow().steps());
  }

  private void recover(Sequence sequence, List<Step> list) {
    Active active = sequence.active;
    if (active == null || sequence.at >= list.size()) {
      return;
    }
    Step step = list.get(sequence.at);
    if (active instanceof Active.Running attempt) {
      sequence.active = again(step, attempt);
    } else if (active instanceof Active.Chosen chosen) {
      recover(chosen.steps(), Steps.wayOf(step, chosen.way()));
    } else if (active instanceof Active.Fan fan) {
      for (int i = 0; i < fan.branches().size(); i++) {
        recover(fan.branches().get(i).steps, Steps.branchOf(step, i));
      }
    }
  }

  private Active.Running again(Step step, Active.Running attempt) {
    boolean mayRepeat = step.options().onCrash() == OnCrash.RETRY;
    Active.Running again =
        new Active.Running(
            mayRepeat ? attempt.attempt + lost : attempt.attempt,
            attempt.failures,
            attempt.startedAt);
    again.isRecovered = true;
    if (!mayRepeat) {
      again.isLaunched = true;
      again.result =
          new TaskResult.Failed(
              StepFailure.of(
                  "NODE_LOST",
                  "its node died or stopped while it ran; how far it came is not known"),
              false,
              Optional.empty());
    }
    return again;
  }
}
