package io.trigrun.internal;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.HandlerCall;
import io.trigrun.Job;
import io.trigrun.JobAction;
import io.trigrun.Json;
import io.trigrun.Trigger;
import io.trigrun.command.CommandAction;
import io.trigrun.internal.command.CommandJobHandler;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.spi.Concurrency;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes runs of jobs: who runs them, where, and with what. */
final class RunFactory {

  static final String DEFAULT_QUEUE = "default";

  private final Map<String, HandlerRegistration> handlers;

  private final Tracing tracing;

  RunFactory(Map<String, HandlerRegistration> handlers, Tracing tracing) {
    this.handlers = Map.copyOf(handlers);
    this.tracing = tracing;
  }

  /** Where in which trace the calling thread is, for what it enqueues. */
  Optional<TraceContext> trace() {
    return tracing.current();
  }

  NewExecution run(Job job, Trigger trigger, Instant scheduledFor, Instant now) {
    return run(job, trigger, Optional.empty(), Optional.empty(), scheduledFor, now);
  }

  /**
   * A run that a job's cursor brings about, which is its parent. Where firings must not overlap the
   * store leaves it out while it has an earlier one that has not ended.
   */
  NewExecution fired(Job job, UUID cursor, Instant scheduledFor, Instant now) {
    Optional<UniqueKey> alone =
        job.spec().overlap() == OverlapPolicy.SKIP
            ? Optional.of(new UniqueKey("schedule/" + job.id(), UniqueKey.Scope.WHILE_LIVE))
            : Optional.empty();
    return run(job, Trigger.SCHEDULE, Optional.of(cursor), alone, scheduledFor, now);
  }

  /** A run that another run starts, which is its parent (row S16). */
  NewExecution triggered(Job job, ChainKey key, Instant now) {
    return run(
        job, Trigger.FOLLOW_UP, Optional.of(key.parentId()), Optional.of(key.key()), now, now);
  }

  private NewExecution run(
      Job job,
      Trigger trigger,
      Optional<UUID> parent,
      Optional<UniqueKey> key,
      Instant scheduledFor,
      Instant now) {
    return run(job, trigger, parent, key, scheduledFor, now, payload(job.spec().action()));
  }

  /** A run that an extension gives a payload of its own. */
  NewExecution run(
      Job job,
      Trigger trigger,
      Optional<UUID> parent,
      Optional<UniqueKey> key,
      Instant now,
      Optional<String> payload) {
    String input = payload.orElseGet(() -> payload(job.spec().action()));
    return run(job, trigger, parent, key, now, now, input);
  }

  private static String handler(JobAction action) {
    if (action instanceof HandlerCall call) {
      return call.handler();
    }
    if (action instanceof ExtensionAction extension) {
      return extension.handler();
    }
    return action instanceof CommandAction ? CommandJobHandler.HANDLER : HttpJobHandler.HANDLER;
  }

  private static String payload(JobAction action) {
    if (action instanceof HandlerCall call) {
      return ((Json) call.payload()).text();
    }
    return action instanceof ExtensionAction extension ? extension.payload() : "{}";
  }

  private NewExecution run(
      Job job,
      Trigger trigger,
      Optional<UUID> parent,
      Optional<UniqueKey> key,
      Instant scheduledFor,
      Instant now,
      String payload) {
    String handler = handler(job.spec().action());
    int limit = job.spec().maxConcurrentExecutions();
    return new NewExecution(
        TimeOrderedId.at(now),
        job.workspace(),
        job.spec().queue().orElse(queueOf(handler)),
        handler,
        Optional.of(job.id()),
        parent,
        Optional.empty(),
        trigger,
        job.spec().priority(),
        now,
        scheduledFor,
        now,
        key,
        limit == 0 ? Optional.empty() : Optional.of(new Concurrency("job:" + job.id(), limit)),
        payload);
  }

  /**
   * What a replay of a job's run is given: the job as it is now, and the input that the run was
   * given, if it was given one.
   *
   * @throws ConflictException if only other nodes can tell that
   */
  String replayed(Execution run, Job job) {
    JobAction action = job.spec().action();
    String current = payload(action);
    if (!(action instanceof ExtensionAction) || !handler(action).equals(run.handler())) {
      return current; // no run of it is given anything, or it did something else then
    }
    HandlerRegistration known = handlers.get(run.handler());
    if (known == null) {
      throw new ConflictException(
          "expected a node that has the handler %s to replay execution %s, this one has not"
              .formatted(run.handler(), run.id()));
    }
    return known.handler().replay(run.payload(), current);
  }

  /** The queue of a handler; of one this node does not have, the default queue. */
  String queueOf(String handler) {
    if (handler.equals(CommandJobHandler.HANDLER)) {
      return CommandJobHandler.QUEUE; // also where another node runs commands, and this one none
    }
    HandlerRegistration known = handlers.get(handler);
    return known == null ? DEFAULT_QUEUE : known.queue();
  }
}
