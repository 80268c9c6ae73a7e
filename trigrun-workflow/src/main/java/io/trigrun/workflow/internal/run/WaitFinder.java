package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JournalEntry;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.WaitStep;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Finds waits, and how they have ended, in what a store has of their runs. */
final class WaitFinder {

  private final JobStore store;
  private final RunInput.Reader inputs;

  WaitFinder(JobStore store, RunInput.Reader inputs) {
    this.store = store;
    this.inputs = inputs;
  }

  Optional<FoundWait> find(UUID executionId, String waitKey) {
    return store.findExecutions(List.of(executionId)).stream()
        .filter(RunCancellations::isWorkflow)
        .findFirst()
        .flatMap(execution -> find(execution, WaitKey.parse(waitKey)));
  }

  private Optional<FoundWait> find(Execution execution, WaitKey key) {
    Plan plan = inputs.read(execution.payload()).plan();
    Optional<RunState> state = StateJson.find(execution.checkpoint());
    return plan.step(key.stepId())
        .filter(step -> step instanceof WaitStep || step instanceof ApprovalStep)
        .map(
            step ->
                new FoundWait(
                    execution,
                    plan,
                    state,
                    state.flatMap(known -> open(plan, known, key)),
                    step,
                    key.key(),
                    key.approver()));
  }

  private static Optional<Active> open(Plan plan, RunState state, WaitKey key) {
    return OpenSteps.of(plan, state).stream()
        .filter(one -> one.waitKey().equals(key.key()))
        .map(OpenSteps.OpenStep::active)
        .findFirst();
  }

  /** How the step ended, as the journal says. */
  Optional<JsonNode> end(FoundWait wait) {
    Optional<JsonNode> end = Optional.empty();
    for (JournalEntry entry : store.journal(wait.execution().id())) {
      JsonNode record = Nodes.read(entry.document());
      if (WaitKey.of(record).equals(wait.key())) {
        end = Optional.of(record);
      }
    }
    return end;
  }
}
