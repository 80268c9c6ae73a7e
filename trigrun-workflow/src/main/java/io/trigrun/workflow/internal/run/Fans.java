package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.ParallelStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.internal.run.Active.FanBranch;
import io.trigrun.workflow.internal.run.Active.FanBranch.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Steps that go on in branches, or for each element (row W10). */
final class Fans {

  /** Of one run at a time: more than a checkpoint can hold. */
  private static final int MOST_BRANCHES = 50_000;

  private final Walk walk;
  private final Walker walker;

  /** How many there are at most: those that are done with are only taken off to make room. */
  private int counted;

  Fans(Walk walk, Walker walker) {
    this.walk = walk;
    this.walker = walker;
  }

  /** Begins; a reason not to if there is nothing to walk over. */
  Optional<StepEnd> open(Sequence sequence, Step step, Loops loops) {
    List<FanBranch> branches = new ArrayList<>();
    if (step instanceof ParallelStep parallel) {
      parallel.branches().forEach(branch -> branches.add(new FanBranch(Nodes.nothing())));
    } else {
      JsonNode items = walk.plan.render(((ForEachStep) step).items(), walk.scope(loops));
      if (!items.isArray() || items.size() > ForEachStep.MOST_ITEMS) {
        return Optional.of(
            StepEnd.failed(
                "ITEMS_INVALID",
                "expected items to be an array of at most %,d elements, got %s"
                    .formatted(
                        ForEachStep.MOST_ITEMS,
                        items.isArray()
                            ? "%,d".formatted(items.size())
                            : items.getNodeType().name().toLowerCase(java.util.Locale.ROOT))));
      }
      items.values().forEach(item -> branches.add(new FanBranch(item)));
    }
    requireRoom(branches.size());
    sequence.active = new Active.Fan(walk.now(), branches);
    return Optional.empty();
  }

  /** For-eaches within for-eaches would fill the memory before anybody tries to store them. */
  private void requireRoom(int more) {
    counted += more;
    if (counted > MOST_BRANCHES) {
      counted = branchesOf(walk.state.root) + more;
    }
    if (counted > MOST_BRANCHES) {
      throw new OversizedStateException(
          "at most %,d branches and elements of steps that are under way, got more"
              .formatted(MOST_BRANCHES));
    }
  }

  private static int branchesOf(Sequence sequence) {
    Active active = sequence.active;
    if (active instanceof Active.Chosen chosen) {
      return branchesOf(chosen.steps());
    }
    return active instanceof Active.Fan fan
        ? fan.branches().size()
            + fan.branches().stream().mapToInt(branch -> branchesOf(branch.steps)).sum()
        : 0;
  }

  Optional<StepEnd> goOn(Active.Fan fan, Step step, Loops loops) {
    List<FanBranch> branches = fan.branches();
    Tally tally = new Tally(fan, join(step).of(branches.size()));
    if (tally.isJoined()) {
      return Optional.of(joined(fan, step, tally));
    }
    int most = concurrency(step);
    for (int i = 0; i < branches.size(); i++) {
      FanBranch branch = branches.get(i);
      if (branch.stage == Stage.PENDING && tally.active < most) {
        branch.stage = Stage.ACTIVE;
        tally.active++;
      }
      if (branch.stage == Stage.ACTIVE) {
        branch(fan, step, loops, i);
        if (walk.isEnded()) {
          return Optional.empty();
        }
        tally.walked(branch.stage);
        if (tally.isJoined()) {
          new GivingUp(walk).of(step, fan, loops);
          return Optional.of(joined(fan, step, tally));
        }
        if (branch.stage != Stage.ACTIVE && i > tally.firstPending(branches)) {
          return goOn(fan, step, loops); // its place is free for one that was passed over
        }
      }
    }
    return Optional.empty();
  }

  /** How many branches are where. */
  private static final class Tally {
    private final int all;
    private final int needed;
    private int active;
    private int succeeded;
    private int failed;

    Tally(Active.Fan fan, int needed) {
      this.all = fan.branches().size();
      this.needed = needed;
      for (FanBranch branch : fan.branches()) {
        active += branch.stage == Stage.ACTIVE ? 1 : 0;
        succeeded += branch.stage == Stage.SUCCEEDED ? 1 : 0;
        failed += branch.stage == Stage.FAILED ? 1 : 0;
      }
    }

    void walked(Stage now) {
      active -= now == Stage.ACTIVE ? 0 : 1;
      succeeded += now == Stage.SUCCEEDED ? 1 : 0;
      failed += now == Stage.FAILED ? 1 : 0;
    }

    boolean hasSucceeded() {
      return succeeded >= needed;
    }

    /** Whether enough have succeeded, or too many failed. */
    boolean isJoined() {
      return hasSucceeded() || all - failed < needed;
    }

    int firstPending(List<FanBranch> branches) {
      for (int i = 0; i < branches.size(); i++) {
        if (branches.get(i).stage == Stage.PENDING) {
          return i;
        }
      }
      return branches.size();
    }
  }

  private void branch(Active.Fan fan, Step step, Loops loops, int index) {
    FanBranch branch = fan.branches().get(index);
    Loops inside = loops.inside(step, index, branch.item);
    SequenceEnd end = walker.walk(branch.steps, Steps.branchOf(step, index), inside);
    if (end instanceof SequenceEnd.Succeeded succeeded) {
      branch.stage = Stage.SUCCEEDED;
      branch.output = succeeded.output();
      if (step instanceof ForEachStep) {
        forget(Steps.branchOf(step, index), inside);
      }
    } else if (end instanceof SequenceEnd.Failed failed) {
      branch.stage = Stage.FAILED;
      branch.failure = failed.failure(); // and with that nothing in it is under way
    }
  }

  private static StepEnd joined(Active.Fan fan, Step step, Tally tally) {
    if (tally.hasSucceeded()) {
      return StepEnd.succeeded(output(fan, step));
    }
    StepFailure first =
        fan.branches().stream()
            .flatMap(branch -> Optional.ofNullable(branch.failure).stream())
            .findFirst()
            .orElseGet(
                () ->
                    StepFailure.of(
                        "JOIN_IMPOSSIBLE",
                        "expected %d to succeed, there are only %d"
                            .formatted(tally.needed, tally.all)));
    return StepEnd.failed(StepEnd.Status.FAILED, output(fan, step), first);
  }

  private static JsonNode output(Active.Fan fan, Step step) {
    if (step instanceof ParallelStep parallel) {
      ObjectNode node = Nodes.object();
      for (int i = 0; i < fan.branches().size(); i++) {
        node.set(parallel.branches().get(i).name(), fan.branches().get(i).output);
      }
      return node;
    }
    ArrayNode node = Nodes.object().arrayNode();
    fan.branches().forEach(branch -> node.add(branch.output));
    return node;
  }

  /** Nobody can refer any more to what steps gave within an element that is done with. */
  private void forget(List<Step> list, Loops loops) {
    for (Step step : list) {
      walk.state.results.remove(loops.key(step.id()));
      if (!(step instanceof ForEachStep)) {
        step.nested().forEach(nested -> forget(nested.steps(), loops));
      }
    }
  }

  private static Join join(Step step) {
    return step instanceof ParallelStep parallel ? parallel.join() : ((ForEachStep) step).join();
  }

  private static int concurrency(Step step) {
    return step instanceof ParallelStep parallel
        ? parallel.maxConcurrent()
        : ((ForEachStep) step).maxConcurrent();
  }
}
