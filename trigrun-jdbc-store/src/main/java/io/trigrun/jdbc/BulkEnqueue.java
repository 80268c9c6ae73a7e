package io.trigrun.jdbc;

import io.trigrun.spi.Concurrency;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues any number of executions in one statement, where the database takes arrays and reports
 * what it has inserted. Only for what it left out others are asked after.
 */
final class BulkEnqueue {

  /** An id that is archived already was enqueued by a write whose acknowledgement was lost. */
  private static final String INSERT =
      """
      INSERT INTO trigrun_execution_live (
        id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by, priority,
        due_at, scheduled_for, created_at, payload, unique_key, unique_scope,
        concurrency_key, concurrency_limit, claim_queue, taken_key,
        state, attempt, lease, woken, has_wakes, holds_slot, archived)
      SELECT n.id, n.workspace, n.queue, n.handler, n.job_id, n.parent_id, n.replay_of,
        n.caused_by, n.priority, n.due_at, n.scheduled_for, n.created_at, n.payload, n.unique_key,
        n.unique_scope, n.concurrency_key, n.concurrency_limit, n.queue, n.unique_key,
        'PENDING', 0, 0, FALSE, FALSE, FALSE, FALSE
      FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[],
          ?::text[], ?::smallint[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[])
        AS n (id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by, priority,
          due_at, scheduled_for, created_at, payload, unique_key, unique_scope, concurrency_key,
          concurrency_limit)
      WHERE (SELECT a.id FROM trigrun_execution_archived a WHERE a.id = n.id) IS NULL
      ON CONFLICT DO NOTHING
      RETURNING id
      """;

  private static final String EXISTING = "SELECT id FROM trigrun_execution WHERE id = ANY (?)";

  private final Transaction transaction;

  BulkEnqueue(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Returns what became of each, in their order. */
  List<Enqueued> run(List<NewExecution> executions) throws SQLException {
    if (executions.isEmpty()) {
      return List.of();
    }
    executions.forEach(execution -> transaction.makesDue(execution.dueAt()));
    Set<UUID> present = new HashSet<>(transaction.query(INSERT, bind(executions), Columns::id));
    List<NewExecution> left =
        executions.stream().filter(execution -> !present.contains(execution.id())).toList();
    UniqueKeys keys = new UniqueKeys(transaction);
    if (!left.isEmpty()) {
      List<UUID> ids = left.stream().map(NewExecution::id).toList();
      present.addAll(transaction.query(EXISTING, parameters -> parameters.ids(ids), Columns::id));
      keys.load(left);
    }
    List<Enqueued> results = new ArrayList<>(executions.size());
    for (NewExecution execution : executions) {
      if (present.contains(execution.id())) {
        results.add(new Enqueued(execution.id(), false));
      } else {
        results.add(new Enqueued(keys.holder(execution).orElseThrow(BulkEnqueue::again), true));
      }
    }
    return results;
  }

  /** A unique key was taken when it was inserted and free when its holder was asked for. */
  private static SQLException again() {
    return new SQLException("expected the holder of a unique key, got none: it has ended", "23505");
  }

  private static Transaction.Binding bind(Collection<NewExecution> executions) {
    return parameters ->
        parameters
            .texts(texts(executions, e -> e.id().toString()))
            .texts(texts(executions, NewExecution::workspace))
            .texts(texts(executions, NewExecution::queue))
            .texts(texts(executions, NewExecution::handler))
            .texts(texts(executions, e -> id(e.jobId())))
            .texts(texts(executions, e -> id(e.parentId())))
            .texts(texts(executions, e -> id(e.replayOf())))
            .texts(texts(executions, e -> e.trigger().name()))
            .texts(texts(executions, e -> Integer.toString(e.priority().level())))
            .texts(texts(executions, e -> InstantText.of(e.dueAt())))
            .texts(texts(executions, e -> InstantText.of(e.scheduledFor())))
            .texts(texts(executions, e -> InstantText.of(e.createdAt())))
            .texts(texts(executions, NewExecution::payload))
            .texts(texts(executions, e -> e.uniqueKey().map(UniqueKey::value).orElse(null)))
            .texts(texts(executions, e -> e.uniqueKey().map(k -> k.scope().name()).orElse(null)))
            .texts(texts(executions, e -> e.concurrency().map(Concurrency::key).orElse(null)))
            .texts(texts(executions, e -> limit(e.concurrency())));
  }

  private static List<@Nullable String> texts(
      Collection<NewExecution> executions, Function<NewExecution, @Nullable String> text) {
    List<@Nullable String> texts = new ArrayList<>(executions.size());
    executions.forEach(execution -> texts.add(text.apply(execution)));
    return texts;
  }

  private static @Nullable String id(Optional<UUID> id) {
    return id.map(UUID::toString).orElse(null);
  }

  private static @Nullable String limit(Optional<Concurrency> concurrency) {
    return concurrency.map(one -> Integer.toString(one.limit())).orElse(null);
  }
}
