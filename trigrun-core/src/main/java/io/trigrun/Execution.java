package io.trigrun;

import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of something: of a {@link Job}, of a handler that was enqueued, of a notification's
 * delivery. A snapshot.
 *
 * @param id unique, increasing with time (UUID version 7)
 * @param workspace the tenant it belongs to
 * @param queue what shares its permits
 * @param handler the name of the code that runs it
 * @param jobId the job it is a run of
 * @param parentId the execution that brought it about
 * @param replayOf the execution it repeats
 * @param trigger what brought it into being
 * @param priority which goes first of those that are due
 * @param state where it stands
 * @param dueAt the next moment somebody must look at it: when to run, when its lease ends or when
 *     its wait times out. Of a finished execution: when it ended
 * @param scheduledFor the moment it is meant for; retries do not move it
 * @param createdAt when it was enqueued
 * @param startedAt when its first attempt was claimed
 * @param finishedAt when it ended
 * @param attempt the number of the latest attempt; 0 before the first
 * @param lease rises with every claim and every cancel; a write with an older number changes
 *     nothing
 * @param node the node that holds the lease, or held it last
 * @param uniqueKey the idempotency key it was enqueued with
 * @param payload its input, a JSON text
 * @param output its result, a JSON text
 * @param failure why it failed or was cancelled; of a live execution, why its latest attempt failed
 * @param checkpoint its handler's own notes for the next attempt; the library never reads them
 * @param progress what its handler last said
 * @param trace where in which trace it was enqueued
 */
public record Execution(
    UUID id,
    String workspace,
    String queue,
    String handler,
    Optional<UUID> jobId,
    Optional<UUID> parentId,
    Optional<UUID> replayOf,
    Trigger trigger,
    Priority priority,
    ExecutionState state,
    Instant dueAt,
    Instant scheduledFor,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    int attempt,
    long lease,
    Optional<String> node,
    Optional<String> uniqueKey,
    String payload,
    Optional<String> output,
    Optional<Failure> failure,
    Optional<String> checkpoint,
    Optional<Progress> progress,
    Optional<TraceContext> trace) {

  /** Of no trace. */
  public Execution(
      UUID id,
      String workspace,
      String queue,
      String handler,
      Optional<UUID> jobId,
      Optional<UUID> parentId,
      Optional<UUID> replayOf,
      Trigger trigger,
      Priority priority,
      ExecutionState state,
      Instant dueAt,
      Instant scheduledFor,
      Instant createdAt,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      int attempt,
      long lease,
      Optional<String> node,
      Optional<String> uniqueKey,
      String payload,
      Optional<String> output,
      Optional<Failure> failure,
      Optional<String> checkpoint,
      Optional<Progress> progress) {
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
        state,
        dueAt,
        scheduledFor,
        createdAt,
        startedAt,
        finishedAt,
        attempt,
        lease,
        node,
        uniqueKey,
        payload,
        output,
        failure,
        checkpoint,
        progress,
        Optional.empty());
  }

  /** Short, and without what the payload, the output or the notes hold: it ends up in logs. */
  @Override
  public String toString() {
    return "Execution[" + id + ", " + handler + ", " + state + ", attempt " + attempt + "]";
  }
}
