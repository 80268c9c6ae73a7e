package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes back what a run has started between the moment at which somebody looked what it waits for
 * and the one at which it was cancelled: a small execution, stored with the cancellation, looks
 * again when nothing can be started any more.
 */
record LateChildren(JobStore store) {

  static final String HANDLER = "trigrun.workflow-cancel";

  HandlerRegistration registration() {
    return new HandlerRegistration(
        HANDLER,
        WorkflowHandler.QUEUE,
        RetryPolicy.attempts(20),
        run -> {
          String id = Nodes.read(run.claimed().execution().payload()).path("run").stringValue();
          cancel(UUID.fromString(id), run.now());
          return CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded()));
        });
  }

  /** What looks again, should the run be one that can start others. */
  static WriteSet plan(Execution run, Instant at) {
    if (!RunCancellations.isWorkflow(run)) {
      return WriteSet.empty();
    }
    ObjectNode payload = Nodes.object();
    payload.put("run", run.id().toString());
    return WriteSet.enqueue(
        List.of(
            new NewExecution(
                TimeOrderedId.at(at),
                run.workspace(),
                WorkflowHandler.QUEUE,
                HANDLER,
                Optional.empty(),
                Optional.of(run.id()),
                Optional.empty(),
                Trigger.SYSTEM,
                Priority.HIGH,
                at,
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                Nodes.write(payload))));
  }

  private void cancel(UUID id, Instant now) {
    while (true) { // what is found may itself have started something a moment ago
      List<Cancellation> left =
          store.findExecutions(List.of(id)).stream()
              .filter(LateChildren::isTakenBack)
              .findFirst()
              .map(run -> RunCancellations.live(store, run, now))
              .orElse(List.of());
      if (left.isEmpty()) {
        return;
      }
      store.write(new WriteSet(List.of(), List.of(), left));
    }
  }

  /** Not one that went on meanwhile: it had ended before, or was retried since. */
  private static boolean isTakenBack(Execution run) {
    return run.state() == ExecutionState.CANCELLED || run.state() == ExecutionState.FAILED;
  }
}
