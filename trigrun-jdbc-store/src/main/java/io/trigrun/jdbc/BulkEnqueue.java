package io.trigrun.jdbc;

import io.trigrun.spi.Enqueued;
import io.trigrun.spi.NewExecution;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Enqueues any number of executions in one statement, where the database takes arrays and reports
 * what it has inserted. Only for what it left out others are asked after.
 */
final class BulkEnqueue {

  private static final String INSERT_NEW = insert(NewExecutionColumns.ALL_DIFFER, "");
  private static final String INSERT_MISSING =
      insert(NewExecutionColumns.ALL_DIFFER, "ON CONFLICT DO NOTHING");
  private static final String INSERT_NEW_ALIKE = insert(NewExecutionColumns.MOST_ALIKE, "");

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
    Set<UUID> present = new HashSet<>(insert(executions));
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

  /** An id that is archived already was enqueued by a write whose acknowledgement was lost. */
  private static String insert(String executions, String otherwise) {
    return """
        INSERT INTO trigrun_execution_live (
          id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by, priority,
          due_at, scheduled_for, created_at, payload, unique_key, unique_scope,
          concurrency_key, concurrency_limit, trace, claim_queue, taken_key,
          state, attempt, lease, woken, has_wakes, holds_slot, archived)
        SELECT id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by, priority,
          due_at, scheduled_for, created_at, payload, unique_key, unique_scope,
          concurrency_key, concurrency_limit, trace, queue, unique_key,
          'PENDING', 0, 0, FALSE, FALSE, FALSE, FALSE
        FROM %s
        WHERE (SELECT a.id FROM trigrun_execution_archived a WHERE a.id = n.id) IS NULL
        %s RETURNING id
        """
        .formatted(executions, otherwise);
  }

  /**
   * Checking for conflicts before inserting costs a quarter: where there should be none, what
   * collides all the same fails and is repeated. Neither are values read a thousand times that all
   * have in common.
   */
  private List<UUID> insert(List<NewExecution> executions) throws SQLException {
    boolean mayBeTaken =
        transaction.isRepeat()
            || executions.stream().anyMatch(execution -> execution.uniqueKey().isPresent());
    return mayBeTaken || !NewExecutionColumns.areAlike(executions)
        ? transaction.query(
            mayBeTaken ? INSERT_MISSING : INSERT_NEW,
            NewExecutionColumns.each(executions),
            Columns::id)
        : transaction.query(
            INSERT_NEW_ALIKE, NewExecutionColumns.together(executions), Columns::id);
  }
}
