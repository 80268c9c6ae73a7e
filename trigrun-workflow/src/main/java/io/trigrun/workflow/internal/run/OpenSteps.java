package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.workflow.definition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The steps of a run that have begun and not ended, as its checkpoint has them. */
final class OpenSteps {

  /**
   * One of them.
   *
   * @param waitKey its key if it waits
   */
  record OpenStep(Step step, Loops loops, Active active, String waitKey) {
    String key() {
      return loops.key(step.id());
    }
  }

  private final RunState state;
  private final List<OpenStep> found = new ArrayList<>();

  private OpenSteps(RunState state) {
    this.state = state;
  }

  static List<OpenStep> of(Plan plan, RunState state) {
    OpenSteps open = new OpenSteps(state);
    if (state.end == null) {
      open.walk(state.root, plan.workflow().steps(), Loops.NONE);
    }
    return open.found;
  }

  private void walk(Sequence sequence, List<Step> list, Loops loops) {
    Active active = sequence.active;
    if (active == null || sequence.at >= list.size()) {
      return;
    }
    Step step = list.get(sequence.at);
    found.add(new OpenStep(step, loops, active, state.waitKey(loops.key(step.id()))));
    if (active instanceof Active.Chosen chosen) {
      walk(chosen.steps(), Steps.wayOf(step, chosen.way()), loops);
    } else if (active instanceof Active.Fan fan) {
      for (int i = 0; i < fan.branches().size(); i++) {
        Active.FanBranch branch = fan.branches().get(i);
        if (branch.stage == Active.FanBranch.Stage.ACTIVE) {
          walk(branch.steps, Steps.branchOf(step, i), loops.inside(step, i, branch.item));
        }
      }
    }
  }

  /** The executions that a run waits for: runs of others, and calls of nodes with its handlers. */
  static List<UUID> children(Execution execution) {
    if (!RunCancellations.isWorkflow(execution) || execution.checkpoint().isEmpty()) {
      return List.of();
    }
    List<UUID> children = new ArrayList<>();
    StateJson.find(execution.checkpoint()).ifPresent(state -> collect(state.root, children));
    return children;
  }

  private static void collect(Sequence sequence, List<UUID> children) {
    Optional<Active> active = Optional.ofNullable(sequence.active);
    if (active.orElse(null) instanceof Active.Child child) {
      children.add(child.executionId());
    } else if (active.orElse(null) instanceof Active.Absent absent) {
      children.add(absent.executionId());
    } else if (active.orElse(null) instanceof Active.Chosen chosen) {
      collect(chosen.steps(), children);
    } else if (active.orElse(null) instanceof Active.Fan fan) {
      fan.branches().stream()
          .filter(branch -> branch.stage == Active.FanBranch.Stage.ACTIVE)
          .forEach(branch -> collect(branch.steps, children));
    }
  }
}
