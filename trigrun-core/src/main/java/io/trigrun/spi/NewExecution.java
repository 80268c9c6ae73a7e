package io.trigrun.spi;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * An execution to enqueue. The fields are those of {@link io.trigrun.Execution}.
 *
 * @param uniqueKey refuses a second execution of the same workspace and key
 * @param concurrency limits how many of a key run at once
 * @param trace where in which trace it is enqueued; a store keeps it as {@link TraceContext#text()}
 */
public record NewExecution(
    UUID id,
    String workspace,
    String queue,
    String handler,
    Optional<UUID> jobId,
    Optional<UUID> parentId,
    Optional<UUID> replayOf,
    Trigger trigger,
    Priority priority,
    Instant dueAt,
    Instant scheduledFor,
    Instant createdAt,
    Optional<UniqueKey> uniqueKey,
    Optional<Concurrency> concurrency,
    String payload,
    Optional<TraceContext> trace) {

  public NewExecution {
    dueAt = dueAt.truncatedTo(ChronoUnit.MICROS);
    scheduledFor = scheduledFor.truncatedTo(ChronoUnit.MICROS);
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** Of no trace, so far. */
  public NewExecution(
      UUID id,
      String workspace,
      String queue,
      String handler,
      Optional<UUID> jobId,
      Optional<UUID> parentId,
      Optional<UUID> replayOf,
      Trigger trigger,
      Priority priority,
      Instant dueAt,
      Instant scheduledFor,
      Instant createdAt,
      Optional<UniqueKey> uniqueKey,
      Optional<Concurrency> concurrency,
      String payload) {
    this(
        id,
        workspace,
        queue,
        handler,
        jobId,
        parentId,
        replayOf,
        trigger,
        priority,
        dueAt,
        scheduledFor,
        createdAt,
        uniqueKey,
        concurrency,
        payload,
        Optional.empty());
  }

  /** What is stored of it, as long as nobody has claimed it. */
  public Execution enqueued() {
    return new Execution(
        id,
        workspace,
        queue,
        handler,
        jobId,
        parentId,
        replayOf,
        trigger,
        priority,
        ExecutionState.PENDING,
        dueAt,
        scheduledFor,
        createdAt,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        uniqueKey.map(UniqueKey::value),
        payload,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        trace);
  }

  /** The same with another id: one that is made from the key, so that it is the same each time. */
  public NewExecution withId(UUID other) {
    return with(other, uniqueKey, trace);
  }

  /** The same, but only if no other execution has the key. */
  public NewExecution withUniqueKey(UniqueKey key) {
    return with(id, Optional.of(key), trace);
  }

  /** The same in a trace, unless it is in one already. */
  public NewExecution orTrace(Optional<TraceContext> other) {
    return with(id, uniqueKey, trace.or(() -> other));
  }

  private NewExecution with(UUID newId, Optional<UniqueKey> key, Optional<TraceContext> newTrace) {
    return new NewExecution(
        newId,
        workspace,
        queue,
        handler,
        jobId,
        parentId,
        replayOf,
        trigger,
        priority,
        dueAt,
        scheduledFor,
        createdAt,
        key,
        concurrency,
        payload,
        newTrace);
  }
}
