package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.internal.run.Active.FanBranch;
import io.trigrun.workflow.internal.run.Active.FanBranch.Stage;
import java.util.List;

/** Takes back what is under way in steps whose end nobody waits for any more. */
final class GivingUp {

  private final Walk walk;

  GivingUp(Walk walk) {
    this.walk = walk;
  }

  void of(Sequence sequence, List<Step> list, Loops loops) {
    Active active = sequence.active;
    if (active == null || sequence.at >= list.size()) {
      return;
    }
    Step step = list.get(sequence.at);
    if (active instanceof Active.Running) {
      walk.attempts.giveUp(loops.key(step.id()));
    } else if (active instanceof Active.Open || active instanceof Active.Asking) {
      walk.state.givenUp.put(walk.waitKey(step, loops), active.startedAt());
    } else if (active instanceof Active.Child child) {
      walk.cancel(child.executionId());
    } else if (active instanceof Active.Absent absent) {
      walk.cancel(absent.executionId());
    } else if (active instanceof Active.Chosen chosen) {
      of(chosen.steps(), Steps.wayOf(step, chosen.way()), loops);
    } else if (active instanceof Active.Fan fan) {
      of(step, fan, loops);
    }
  }

  /** Of the branches that have not ended. */
  void of(Step step, Active.Fan fan, Loops loops) {
    for (int i = 0; i < fan.branches().size(); i++) {
      FanBranch branch = fan.branches().get(i);
      if (branch.stage == Stage.ACTIVE || branch.stage == Stage.PENDING) {
        Loops inside = loops.inside(step, i, branch.item);
        of(branch.steps, Steps.branchOf(step, i), inside);
        branch.stage = Stage.GIVEN_UP;
      }
    }
  }
}
