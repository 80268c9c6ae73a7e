package io.trigrun.jdbc;

import io.trigrun.Failure;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ends any number of executions in one statement, where the database takes arrays: what most
 * transitions do. It leaves alone what needs more, such as freeing a slot, and lost leases; those
 * that keep their unique keys stay where they are, which is another statement.
 */
final class BulkFinish {

  private static final String END =
      """
      WITH t AS MATERIALIZED (
        SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[], ?::integer[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          AS t (id, lease, state, at, attempt, last_attempt, output, failure_class,
            failure_message, checkpoint)
      ), ended AS (
        DELETE FROM trigrun_execution_live e USING t
        WHERE e.id = t.id AND e.lease = t.lease AND e.state = 'RUNNING'
          AND e.concurrency_key IS NULL AND (e.taken_key IS NULL OR e.unique_scope = 'WHILE_LIVE')
        RETURNING e.id, e.workspace, e.queue, e.handler, e.job_id, e.parent_id, e.replay_of,
          e.caused_by, e.priority, e.scheduled_for, e.created_at, e.payload, e.unique_key,
          e.unique_scope, t.state, t.at AS due_at, e.started_at, t.at AS finished_at, t.attempt,
          e.lease, e.node, e.woken, e.has_wakes, t.failure_class, t.failure_message, e.progress,
          e.progress_message, COALESCE(t.output, e.output) AS output,
          COALESCE(t.checkpoint, e.checkpoint) AS checkpoint, t.last_attempt, e.trace
      )
      """;

  private static final String INSERT =
      """
      INSERT INTO trigrun_execution_archived (
        id, workspace, queue, handler, job_id, parent_id, replay_of, caused_by, priority,
        scheduled_for, created_at, payload, unique_key, unique_scope, state, due_at, started_at,
        finished_at, attempt, lease, node, woken, has_wakes, failure_class, failure_message,
        progress, progress_message, output, checkpoint, last_attempt, trace, holds_slot,
        archived)
      SELECT ended.*, FALSE, TRUE FROM ended
      RETURNING id
      """;

  private static final String FINISH = END + INSERT;

  private static final String FINISH_WITH_JOURNAL = END + BulkJournal.after("ended") + INSERT;

  /** Who keeps a unique key stays in the part where keys are unique. */
  private static final String FINISH_KEEPING_KEYS =
      """
      UPDATE trigrun_execution_live e SET
        state = t.state, due_at = t.at, lease_until = NULL, finished_at = t.at,
        attempt = t.attempt, claim_queue = NULL, turn = NULL, last_attempt = t.last_attempt,
        failure_class = t.failure_class, failure_message = t.failure_message,
        output = COALESCE(t.output, e.output), checkpoint = COALESCE(t.checkpoint, e.checkpoint)
      FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[], ?::integer[],
          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS t (id, lease, state, at, attempt, last_attempt, output, failure_class,
          failure_message, checkpoint)
      WHERE e.id = t.id AND e.lease = t.lease AND e.state = 'RUNNING'
        AND e.concurrency_key IS NULL AND e.taken_key IS NOT NULL
        AND e.unique_scope = 'WHILE_KEPT'
      RETURNING e.id
      """;

  private static final String FINISH_EACH =
      """
      CALL trigrun_finish_each(?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[], ?::integer[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], NULL)
      """;

  private BulkFinish() {}

  /** Those that only end their execution, if nothing else of the batch is about the same one. */
  static List<Transition> suitable(List<Transition> transitions) {
    return alone(transitions, BulkFinish::onlyEnds);
  }

  /** Those of a kind, if nothing else of the batch is about the same execution. */
  static List<Transition> alone(List<Transition> transitions, Predicate<Transition> kind) {
    Set<UUID> once = new HashSet<>();
    Set<UUID> often = new HashSet<>();
    for (Transition transition : transitions) {
      if (!once.add(transition.lease().executionId())) {
        often.add(transition.lease().executionId());
      }
      transition.followUps().cancel().forEach(one -> often.add(one.executionId()));
    }
    return transitions.stream()
        .filter(one -> !often.contains(one.lease().executionId()))
        .filter(kind)
        .toList();
  }

  private static boolean onlyEnds(Transition transition) {
    return transition.state().isFinal()
        && transition.progress().isEmpty()
        && transition.followUps().definitions().isEmpty()
        && transition.followUps().cancel().isEmpty();
  }

  /** Returns the executions that it has ended. */
  static Set<UUID> run(Transaction transaction, List<Transition> transitions) throws SQLException {
    return new HashSet<>(
        transitions.stream().anyMatch(BulkJournal::isNeeded)
            ? transaction.query(FINISH_WITH_JOURNAL, bindingAll(transitions), Columns::id)
            : transaction.query(FINISH, binding(transitions), Columns::id));
  }

  private static Transaction.Binding bindingAll(List<Transition> transitions) {
    return parameters -> {
      binding(transitions).bind(parameters);
      BulkJournal.bind(parameters, transitions);
    };
  }

  /** The same for those that keep their unique keys. */
  static Set<UUID> runKeepingKeys(Transaction transaction, List<Transition> transitions)
      throws SQLException {
    return new HashSet<>(transaction.query(FINISH_KEEPING_KEYS, binding(transitions), Columns::id));
  }

  /** Those of them that {@link #runKeepingKeys} can end, which writes to one table only. */
  static List<Transition> suitableWithKeys(List<Transition> ends) {
    return ends.stream()
        .filter(one -> one.state().isFinal() && !BulkJournal.isNeeded(one))
        .toList();
  }

  /** Those that are not about any of these executions. */
  static List<Transition> without(Set<UUID> executions, List<Transition> transitions) {
    return transitions.stream()
        .filter(one -> !executions.contains(one.lease().executionId()))
        .toList();
  }

  /**
   * The same with a transaction for each; the last to commit makes all of them durable. Needs a
   * connection without a transaction, and none may have {@linkplain BulkJournal#isNeeded more to
   * write}. Tells of each whether it has ended it.
   */
  static List<Boolean> runEach(Transaction transaction, List<Transition> transitions)
      throws SQLException {
    String ended = transaction.query(FINISH_EACH, binding(transitions), Columns::text).get(0);
    return ended.chars().mapToObj(one -> one == 't').toList();
  }

  private static Transaction.Binding binding(List<Transition> transitions) {
    return parameters ->
        parameters
            .texts(transitions, t -> t.lease().executionId().toString())
            .texts(transitions, t -> Long.toString(t.lease().number()))
            .texts(transitions, t -> t.state().name())
            .texts(transitions, t -> InstantText.of(t.at()))
            .texts(transitions, t -> Integer.toString(t.attempt()))
            .texts(transitions, BulkFinish::attempt)
            .texts(transitions, t -> t.output().orElse(null))
            .texts(transitions, t -> t.failure().map(Failure::errorClass).orElse(null))
            .texts(transitions, t -> t.failure().map(Failure::message).orElse(null))
            .texts(transitions, t -> t.checkpoint().orElse(null));
  }

  private static @Nullable String attempt(Transition transition) {
    return transition
        .record()
        .map(attempt -> AttemptText.write(transition.lease(), attempt))
        .orElse(null);
  }
}
