package io.trigrun.internal.monitor;

import io.trigrun.Failure;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.monitor.Monitor;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.MonitorFollowUps;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Watches a monitor. One execution sleeps until a ping would be overdue, looks, and goes back to
 * sleep until the next one would be: pings do not touch it. If the ping is overdue it ends, and the
 * monitor goes down by the same write.
 */
public record MonitorCheck(JobStore store, List<MonitorFollowUps> planners)
    implements ExecutionHandler {

  static final String HANDLER = "trigrun.monitor-check";
  static final String QUEUE = "monitors";
  static final String OUTDATED = "MONITOR_CHANGED";

  public HandlerRegistration registration() {
    return new HandlerRegistration(HANDLER, QUEUE, RetryPolicy.standard(), this);
  }

  /** The check of a monitor, for when it is overdue next. */
  static NewExecution of(MonitorEntry monitor, Instant now) {
    Instant due = monitor.beat().deadline();
    return new NewExecution(
        monitor.check().orElseThrow(),
        monitor.workspace(),
        QUEUE,
        HANDLER,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Trigger.SYSTEM,
        Priority.NORMAL,
        due,
        due,
        now,
        Optional.empty(),
        Optional.empty(),
        MonitorJson.object().put("monitor_id", monitor.id().toString()).toString());
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext context) {
    return CompletableFuture.completedFuture(check(context));
  }

  private HandlerResult check(RunContext context) {
    Optional<MonitorEntry> found = monitor(context);
    if (found.isEmpty()) {
      return HandlerResult.of(
          new Outcome.Cancelled(
              new Failure(OUTDATED, "the monitor is gone, or is not watched by this check")));
    }
    MonitorEntry monitor = found.get();
    Instant now = context.now();
    if (!monitor.beat().isOverdue(now)) {
      return HandlerResult.of(Outcome.later(monitor.beat().deadline()));
    }
    MonitorStep step =
        MonitorStep.of(monitor, monitor.beat().missed(now), monitor.pings(), now, planners);
    return HandlerResult.of(Outcome.succeeded("{\"state\":\"down\"}"), step.writes());
  }

  private Optional<MonitorEntry> monitor(RunContext context) {
    String payload = context.claimed().execution().payload();
    UUID id = UUID.fromString(MonitorJson.read(payload).get("monitor_id").stringValue());
    return store.findDefinitions(List.of(id)).stream()
        .filter(MonitorEntry::is)
        .map(MonitorEntry::read)
        .filter(monitor -> monitor.check().equals(Optional.of(context.executionId())))
        .filter(monitor -> monitor.beat().state().isWatched())
        .findFirst();
  }

  /** What the end of a run tells listeners, if it was a check and is news. */
  public static Optional<TrigRunEvent> news(String handler, WriteSet written) {
    if (!handler.equals(HANDLER)) {
      return Optional.empty();
    }
    return written.definitions().stream()
        .filter(DefinitionWrite.Save.class::isInstance)
        .map(write -> ((DefinitionWrite.Save) write).definition())
        .filter(MonitorEntry::is)
        .findFirst()
        .map(MonitorCheck::down);
  }

  private static TrigRunEvent down(Definition definition) {
    Monitor monitor = MonitorEntry.read(definition).view();
    return new TrigRunEvent.MonitorDown(monitor.updatedAt(), monitor);
  }
}
