package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.spi.CancelFollowUps;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteSet;
import io.trigrun.workflow.definition.Workflow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Cancels what a cancelled run waits for, and tells the one that waits for it (W16). */
final class RunCancellations implements CancelFollowUps {

  private static final int MOST = 1_000;

  private final JobStore store;

  RunCancellations(JobStore store) {
    this.store = store;
  }

  @Override
  public WriteSet plan(Execution execution, Cancellation cancellation) {
    return descendants(store, execution, cancellation.at())
        .plus(
            ChildEnds.plan(
                execution,
                ChildEnds.cancelled(cancellation.reason().message()),
                cancellation.at()));
  }

  /** What takes back a run that its parent waits for no more, and those that it waits for. */
  static WriteSet withDescendants(JobStore store, Cancellation cancellation) {
    WriteSet own = new WriteSet(List.of(), List.of(), List.of(cancellation));
    return store.findExecutions(List.of(cancellation.executionId())).stream()
        .filter(execution -> !execution.state().isFinal())
        .findFirst()
        .map(execution -> own.plus(descendants(store, execution, cancellation.at())))
        .orElse(own);
  }

  /** What takes back the runs that a run waits for, and those that these wait for. */
  static WriteSet descendants(JobStore store, Execution execution, Instant at) {
    return new WriteSet(List.of(), List.of(), live(store, execution, at))
        .plus(LateChildren.plan(execution, at));
  }

  /** The cancellations of those that live. Looks also below those that were cancelled already. */
  static List<Cancellation> live(JobStore store, Execution execution, Instant at) {
    List<Cancellation> children = new ArrayList<>();
    Set<UUID> seen = new HashSet<>(Set.of(execution.id()));
    Deque<Execution> left = new ArrayDeque<>(List.of(execution));
    while (!left.isEmpty() && children.size() < MOST) {
      List<UUID> ids =
          OpenSteps.children(left.remove()).stream().filter(id -> seen.add(id)).toList();
      for (Execution child : ids.isEmpty() ? List.<Execution>of() : store.findExecutions(ids)) {
        if (child.state() != ExecutionState.SUCCEEDED) {
          left.add(child);
        }
        if (!child.state().isFinal()) {
          children.add(
              new Cancellation(
                  child.id(),
                  new Failure("CANCELLED", "the run that waits for it was cancelled"),
                  at));
        }
      }
    }
    return children;
  }

  static boolean isWorkflow(Execution execution) {
    return execution.handler().equals(Workflow.HANDLER);
  }
}
