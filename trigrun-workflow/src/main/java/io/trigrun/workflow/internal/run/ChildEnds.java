package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells a run that another one which it waits for has ended: a small execution, stored with that
 * end, wakes it, so neither is lost.
 */
final class ChildEnds implements FollowUps {

  static final String HANDLER = "trigrun.workflow-resume";

  private final JobStore store;

  ChildEnds(JobStore store) {
    this.store = store;
  }

  HandlerRegistration registration() {
    return new HandlerRegistration(
        HANDLER,
        WorkflowHandler.QUEUE,
        RetryPolicy.attempts(20),
        run -> {
          JsonNode payload = Nodes.read(run.claimed().execution().payload());
          store.wake(
              new WakeUp(
                  UUID.fromString(payload.path("execution").stringValue()),
                  payload.path("wait").stringValue(),
                  WaitInput.of(payload.path("end")),
                  run.now()));
          return CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded()));
        });
  }

  @Override
  public WriteSet plan(AttemptEnd end) {
    Execution run = end.execution();
    if (!end.isFinal()) {
      return WriteSet.empty();
    }
    return run.trigger() == Trigger.FOLLOW_UP
        ? plan(run, ending(run), end.at()).plus(orphans(run, end.at()))
        : orphans(run, end.at());
  }

  /** The runs that a run waits for that has not ended itself: the engine has taken it for lost. */
  private WriteSet orphans(Execution run, Instant at) {
    boolean isLost =
        run.state() != ExecutionState.SUCCEEDED
            && RunCancellations.isWorkflow(run)
            && StateJson.find(run.checkpoint()).filter(state -> state.end == null).isPresent();
    return isLost ? RunCancellations.descendants(store, run, at) : WriteSet.empty();
  }

  /** What tells a parent, if the run has one that waits. */
  static WriteSet plan(Execution child, ObjectNode ending, Instant at) {
    Optional<ChildKey> key = child.uniqueKey().flatMap(ChildKey::parse);
    if (key.isEmpty() || !key.get().childId().equals(child.id())) {
      return WriteSet.empty();
    }
    ObjectNode payload = Nodes.object();
    payload.put("execution", key.get().parentId().toString());
    payload.put("wait", key.get().waitKey());
    payload.set("end", ending);
    return WriteSet.enqueue(
        List.of(
            new NewExecution(
                TimeOrderedId.at(at),
                child.workspace(),
                WorkflowHandler.QUEUE,
                HANDLER,
                Optional.empty(),
                Optional.of(child.id()),
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

  private static ObjectNode ending(Execution child) {
    ObjectNode node = Nodes.object();
    node.put("succeeded", child.state() == ExecutionState.SUCCEEDED);
    child.output().ifPresent(output -> node.set("output", Nodes.read(output)));
    child
        .failure()
        .ifPresent(
            failure -> {
              node.put("class", failure.errorClass());
              node.put("message", failure.message());
            });
    return node;
  }

  static ObjectNode cancelled(String reason) {
    ObjectNode node = Nodes.object();
    node.put("succeeded", false);
    node.put("class", "CANCELLED");
    node.put("message", reason);
    return node;
  }
}
