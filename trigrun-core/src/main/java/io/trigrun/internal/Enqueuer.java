package io.trigrun.internal;

import io.trigrun.ExecutionRequest;
import io.trigrun.StoreSession;
import io.trigrun.Trigger;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.trace.TraceContext;
import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns requests of a host into executions (row S21). */
public final class Enqueuer {

  private static final Duration FARTHEST = Duration.ofDays(36_525);

  private final JobStore store;
  private final Alignment alignment;
  private final String workspace;
  private final EngineSettings settings;
  private final PayloadRules payloads;
  private final RunFactory runs;
  private final Consumer<Instant> wakeFor;
  private final Runnable expectCommit;

  Enqueuer(
      JobStore store,
      Alignment alignment,
      String workspace,
      EngineSettings settings,
      PayloadRules payloads,
      RunFactory runs,
      Consumer<Instant> wakeFor,
      Runnable expectCommit) {
    this.store = store;
    this.alignment = alignment;
    this.workspace = workspace;
    this.settings = settings;
    this.payloads = payloads;
    this.runs = runs;
    this.wakeFor = wakeFor;
    this.expectCommit = expectCommit;
  }

  /** Checks all of them, then stores all of them. */
  public List<Enqueued> enqueue(StoreSession session, List<ExecutionRequest> requests) {
    // A transaction of the host has a connection already: no second one for a look at the clock.
    Instant now =
        session == StoreSession.own() ? alignment.nowForHost() : alignment.nowInTransaction();
    Optional<TraceContext> trace = runs.trace();
    Problems problems = new Problems();
    List<NewExecution> executions = new ArrayList<>(requests.size());
    for (ExecutionRequest request : requests) {
      executions.add(execution(request, now, problems).orTrace(trace));
    }
    problems.throwIfAny();
    if (executions.isEmpty()) {
      return List.of();
    }
    WriteResult result = store.write(session, WriteSet.enqueue(executions));
    wake(session, executions);
    return ((WriteResult.Stored) result).enqueued();
  }

  private void wake(StoreSession session, List<NewExecution> executions) {
    Instant first = executions.get(0).dueAt();
    for (NewExecution execution : executions) {
      first = execution.dueAt().isBefore(first) ? execution.dueAt() : first;
    }
    if (session == StoreSession.own()) {
      wakeFor.accept(first);
    } else {
      expectCommit.run();
    }
  }

  /** What has passed stays as it is, for its order, unless it is older than any clock. */
  private static Instant due(ExecutionRequest request, Instant now, Problems problems) {
    Duration ahead = request.delay().orElse(Duration.ZERO);
    problems.check(ahead.compareTo(FARTHEST) <= 0, "delay", "0 s to 100 years", ahead);
    Instant latest = now.plus(FARTHEST);
    Instant at = request.at().orElse(now);
    problems.check(!at.isAfter(latest), "at", "an instant within 100 years", at);
    if (ahead.compareTo(FARTHEST) > 0 || at.isBefore(Instant.EPOCH)) {
      return now;
    }
    return at.plus(ahead);
  }

  private NewExecution execution(ExecutionRequest request, Instant now, Problems problems) {
    request.queue().ifPresent(queue -> JobSpecRules.checkQueue(queue, settings, problems));
    Instant due = due(request, now, problems);
    return new NewExecution(
        TimeOrderedId.at(now),
        workspace,
        request.queue().orElse(runs.queueOf(request.handler())),
        request.handler(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Trigger.ENQUEUE,
        request.priority(),
        due,
        due,
        now,
        request.uniqueKey(),
        Optional.empty(),
        payloads.encode(request.payload(), problems).text());
  }
}
