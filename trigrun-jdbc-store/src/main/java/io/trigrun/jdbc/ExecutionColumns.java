package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Priority;
import io.trigrun.Progress;
import io.trigrun.Trigger;
import io.trigrun.spi.Concurrency;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.UniqueKey;
import io.trigrun.trace.TraceContext;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How an {@link ExecutionRow} lies in {@code trigrun_execution}. */
final class ExecutionColumns {

  /** All that a row is read from, of the table {@code e}. */
  static final String SELECTED =
      """
      e.id, e.workspace, e.queue, e.handler, e.job_id, e.parent_id, e.replay_of, e.caused_by,
      e.priority, e.scheduled_for, e.created_at, e.unique_key, e.unique_scope,
      e.concurrency_key, e.concurrency_limit,
      e.state, COALESCE(e.lease_until, e.due_at), e.started_at, e.finished_at, e.attempt, e.lease, e.node, e.woken,
      e.has_wakes, e.wait_keys, e.holds_slot, e.failure_class, e.failure_message,
      e.progress, e.progress_message, e.last_attempt, e.blocked_key, e.turn, e.trace
      """;

  static final String INSERT =
      """
      INSERT INTO trigrun_execution (
        id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by,
        priority, scheduled_for, created_at, payload, unique_key, unique_scope,
        concurrency_key, concurrency_limit,
        state, due_at, started_at, finished_at, attempt, lease, node, woken,
        has_wakes, wait_keys, holds_slot, failure_class, failure_message,
        progress, progress_message, last_attempt, claim_queue, blocked_key, taken_key, archived,
        output, checkpoint, turn, trace)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String UPDATE =
      """
      UPDATE trigrun_execution SET
        state = ?, due_at = ?, started_at = ?, finished_at = ?, attempt = ?, lease = ?, node = ?,
        woken = ?, has_wakes = ?, wait_keys = ?, holds_slot = ?, failure_class = ?,
        failure_message = ?, progress = ?, progress_message = ?, last_attempt = ?,
        claim_queue = ?, blocked_key = ?, taken_key = ?, archived = ?,
        output = COALESCE(?, output), checkpoint = COALESCE(?, checkpoint),
        turn = ?, lease_until = NULL
      WHERE id = ?
      """;

  private ExecutionColumns() {}

  static ExecutionRow read(Columns columns) throws SQLException {
    ExecutionRow row = new ExecutionRow(readOrigin(columns));
    row.state = ExecutionState.valueOf(columns.text());
    row.dueAt = columns.instant();
    row.startedAt = columns.maybeInstant();
    row.finishedAt = columns.maybeInstant();
    row.attempt = columns.integer();
    row.lease = columns.number();
    row.node = columns.maybeText().orElse(null);
    row.woken = columns.flag();
    row.hasWakes = columns.flag();
    row.waitKeys = columns.maybeText().map(Lines::split).map(Set::copyOf).orElse(Set.of());
    row.holdsSlot = columns.flag();
    Optional<String> errorClass = columns.maybeText();
    Optional<String> error = columns.maybeText();
    row.failure = errorClass.map(word -> new Failure(word, error.orElse(""))).orElse(null);
    double fraction = columns.fraction();
    row.progress = columns.maybeText().map(said -> new Progress(fraction, said)).orElse(null);
    row.lastAttempt = columns.maybeText().orElse(null);
    row.blocked = columns.maybeText().isPresent();
    row.turn = columns.maybeText().orElse(null);
    row.trace = columns.maybeText().flatMap(TraceContext::parse);
    return row;
  }

  private static NewExecution readOrigin(Columns columns) throws SQLException {
    UUID id = columns.id();
    String workspace = columns.text();
    String queue = columns.text();
    String handler = columns.text();
    Optional<UUID> jobId = columns.maybeId();
    Optional<UUID> parentId = columns.maybeId();
    Optional<UUID> replayOf = columns.maybeId();
    Trigger trigger = Trigger.valueOf(columns.text());
    Priority priority = Priority.ofLevel(columns.integer());
    Instant scheduledFor = columns.instant();
    Instant createdAt = columns.instant();
    Optional<String> key = columns.maybeText();
    Optional<String> scope = columns.maybeText();
    Optional<String> concurrencyKey = columns.maybeText();
    int limit = columns.integer();
    return new NewExecution(
        id,
        workspace,
        queue,
        handler,
        jobId,
        parentId,
        replayOf,
        trigger,
        priority,
        createdAt,
        scheduledFor,
        createdAt,
        key.flatMap(k -> scope.map(s -> new UniqueKey(k, UniqueKey.Scope.valueOf(s)))),
        concurrencyKey.map(k -> new Concurrency(k, limit)),
        "");
  }

  static void bindInsert(Parameters parameters, ExecutionRow row) throws SQLException {
    NewExecution origin = row.origin;
    parameters
        .id(row.id)
        .text(origin.workspace())
        .text(origin.queue())
        .text(origin.handler())
        .id(origin.jobId())
        .id(origin.parentId())
        .id(origin.replayOf())
        .text(origin.trigger().name())
        .number(origin.priority().level())
        .instant(origin.scheduledFor())
        .instant(origin.createdAt())
        .text(origin.payload())
        .text(origin.uniqueKey().map(UniqueKey::value))
        .text(origin.uniqueKey().map(key -> key.scope().name()))
        .text(row.concurrencyKey())
        .number(origin.concurrency().map(Concurrency::limit));
    bindState(parameters, row);
    parameters.text(origin.trace().map(TraceContext::text));
  }

  static void bindUpdate(Parameters parameters, ExecutionRow row) throws SQLException {
    bindState(parameters, row);
    parameters.id(row.id);
  }

  private static void bindState(Parameters parameters, ExecutionRow row) throws SQLException {
    Failure failure = row.failure;
    Progress progress = row.progress;
    parameters
        .text(row.state.name())
        .instant(row.dueAt)
        .instant(row.startedAt)
        .instant(row.finishedAt)
        .number(row.attempt)
        .number(row.lease)
        .text(row.node)
        .flag(row.woken)
        .flag(row.hasWakes)
        .text(row.waitKeys.isEmpty() ? null : Lines.join(row.waitKeys))
        .flag(row.holdsSlot)
        .text(failure == null ? null : failure.errorClass())
        .text(failure == null ? null : failure.message())
        .fraction(progress == null ? null : progress.fraction())
        .text(progress == null ? null : progress.message())
        .text(row.lastAttempt)
        .text(row.claimQueue())
        .text(row.blockedKey())
        .text(row.takenKey())
        .flag(row.isArchived())
        .text(row.newOutput)
        .text(row.newCheckpoint)
        .text(row.turn);
  }
}
