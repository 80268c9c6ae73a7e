package io.trigrun.contract.feature;

import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRunBuilder;
import io.trigrun.Trigger;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.Extension;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteSet;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A handler that goes step by step, as a test says. */
@FunctionalInterface
interface Steps {

  String HANDLER = "steps";

  /** Follow-ups that nobody runs. */
  String FOREIGN = "foreign";

  HandlerResult run(RunContext run) throws Exception;

  /** Adds it to a node. */
  static TrigRunBuilder on(TrigRunBuilder node, Steps steps) {
    return on(node, RetryPolicy.none(), steps);
  }

  static TrigRunBuilder on(TrigRunBuilder node, RetryPolicy retry, Steps steps) {
    HandlerRegistration registration =
        new HandlerRegistration(
            HANDLER, "default", retry, run -> CompletableFuture.completedFuture(steps.run(run)));
    return node.extension(host -> new Extension.Contribution(List.of(registration), List.of()));
  }

  static ExecutionRequest request() {
    return ExecutionRequest.of(HANDLER, Json.EMPTY_OBJECT);
  }

  /** The number of the step to go on with, from the notes of those before. */
  static int next(RunContext run) {
    return run.checkpoint().map(Integer::parseInt).orElse(0) + 1;
  }

  static Boundary after(int step) {
    return Boundary.of(String.valueOf(step), List.of(entry(step)));
  }

  static JournalEntry entry(int step) {
    return new JournalEntry(step, "{\"step\":" + step + "}");
  }

  static WriteSet enqueue(String handler, Instant at) {
    return WriteSet.enqueue(List.of(execution(handler, at, Optional.empty())));
  }

  static NewExecution execution(String handler, Instant at, Optional<TraceContext> trace) {
    return new NewExecution(
            TimeOrderedId.at(at),
            "default",
            "default",
            handler,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Trigger.ENQUEUE,
            Priority.NORMAL,
            at,
            at,
            at,
            Optional.empty(),
            Optional.empty(),
            "{}")
        .orTrace(trace);
  }
}
