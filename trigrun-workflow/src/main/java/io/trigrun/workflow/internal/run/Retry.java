package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.Step;
import java.time.Instant;
import java.util.List;

/** Makes a failed run ready to be tried again: from the steps that failed, not before (W16). */
final class Retry {

  private final RunState state;
  private final Plan plan;
  private final Surroundings world;
  private final Instant now;

  Retry(RunState state, Plan plan, Surroundings world, Instant now) {
    this.state = state;
    this.plan = plan;
    this.world = world;
    this.now = now;
  }

  void run() {
    state.end = null;
    state.failure = null;
    state.generation++;
    state.deadline = now.plus(plan.workflow().maxDuration());
    state.parkedAt = null;
    retry(state.root, plan.workflow().steps(), Loops.NONE);
  }

  private void retry(Sequence sequence, List<Step> list, Loops loops) {
    Active active = sequence.active;
    if (active == null || sequence.at >= list.size()) {
      return;
    }
    Step step = list.get(sequence.at);
    if (active instanceof Active.Chosen chosen) {
      retry(chosen.steps(), Steps.wayOf(step, chosen.way()), loops);
    } else if (active instanceof Active.Fan fan) {
      for (int i = 0; i < fan.branches().size(); i++) {
        Active.FanBranch branch = fan.branches().get(i);
        if (branch.stage != Active.FanBranch.Stage.SUCCEEDED) {
          branch.stage = Active.FanBranch.Stage.PENDING;
          branch.failure = null;
          Loops inside = loops.inside(step, i, branch.item);
          retry(branch.steps, Steps.branchOf(step, i), inside);
        }
      }
    } else if (active instanceof Active.Running attempt) {
      sequence.active = again(attempt.attempt);
    } else if (active instanceof Active.Retrying retrying) {
      sequence.active = again(retrying.attempt());
    } else if (active instanceof Active.Absent absent) {
      sequence.active = again(absent.attempt());
    } else {
      if (active instanceof Active.Open
          || active instanceof Active.Asking
          || active instanceof Active.Child) {
        renew(step, loops.key(step.id()));
      }
      sequence.active = null;
    }
  }

  /** Attempts are counted on: each has its own line in the journal. */
  private Active again(int attempt) {
    return new Active.Retrying(attempt, 0, now, now);
  }

  /** What it waited for is over: whoever answers that yet is told so, and not left in a belief. */
  private void renew(Step step, String stepKey) {
    String waitKey = state.waitKey(stepKey);
    for (String key : Waits.keys(step, waitKey)) {
      world.expire(key);
      state.inbox.remove(key);
    }
    state.renewals.merge(stepKey, 1, Integer::sum);
  }
}
