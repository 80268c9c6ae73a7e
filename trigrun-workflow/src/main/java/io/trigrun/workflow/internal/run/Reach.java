package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.internal.run.Active.FanBranch.Stage;
import java.util.List;

/** Whether a run is at a step or can still come to it, going by how far it has come. */
final class Reach {

  private final String stepId;
  private final List<Integer> iteration;

  private Reach(String stepId, List<Integer> iteration) {
    this.stepId = stepId;
    this.iteration = iteration;
  }

  /**
   * False also for a wait of an earlier try: a run that is retried asks anew.
   *
   * @param key without the approver
   */
  static boolean isAhead(Plan plan, RunState state, WaitKey key) {
    return state.end == null
        && key.key().equals(state.waitKey(key.stepKey()))
        && new Reach(key.stepId(), key.iteration()).isAhead(state.root, plan.workflow().steps(), 0);
  }

  private boolean isAhead(Sequence sequence, List<Step> list, int loops) {
    for (int i = 0; i < list.size(); i++) {
      if (isWithin(list.get(i))) {
        return i > sequence.at || (i == sequence.at && isAhead(sequence, list.get(i), loops));
      }
    }
    return false;
  }

  private boolean isAhead(Sequence sequence, Step step, int loops) {
    Active active = sequence.active;
    if (active instanceof Active.Chosen chosen) {
      return isAhead(chosen.steps(), Steps.wayOf(step, chosen.way()), loops);
    }
    if (active instanceof Active.Fan fan) {
      return step instanceof ForEachStep
          ? loops < iteration.size() && isAhead(fan, step, iteration.get(loops), loops + 1)
          : isAhead(fan, step, branch(step), loops);
    }
    return true; // it is the step, or has not begun
  }

  private boolean isAhead(Active.Fan fan, Step step, int index, int loops) {
    if (index >= fan.branches().size()) {
      return false;
    }
    Active.FanBranch branch = fan.branches().get(index);
    return (branch.stage == Stage.PENDING || branch.stage == Stage.ACTIVE)
        && isAhead(branch.steps, Steps.branchOf(step, index), loops);
  }

  private int branch(Step step) {
    List<Step.Nested> branches = step.nested();
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).steps().stream().anyMatch(this::isWithin)) {
        return i;
      }
    }
    return branches.size();
  }

  private boolean isWithin(Step step) {
    return step.id().equals(stepId)
        || step.nested().stream()
            .anyMatch(nested -> nested.steps().stream().anyMatch(this::isWithin));
  }
}
