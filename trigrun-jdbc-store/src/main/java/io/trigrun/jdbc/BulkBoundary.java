package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records in one statement, where the database takes arrays, how far any number of executions have
 * come: those that go on and those that wait from now on. It leaves alone lost leases, what took
 * effect before, and whoever parks and has been woken at any time: whether that is for this park
 * can only be seen under the lock.
 *
 * <p>What goes on changes no index but the journal's: its due instant stays.
 */
final class BulkBoundary {

  private static final String RECORD =
      """
      WITH t AS MATERIALIZED (
        SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::timestamptz[], ?::integer[],
            ?::text[], ?::text[], ?::text[], ?::float8[], ?::text[], ?::text[], ?::integer[])
          AS t (id, lease, state, due_at, attempt, checkpoint, failure_class, failure_message,
            progress, progress_message, wait_keys, first)
      ), recorded AS (
        UPDATE trigrun_execution_live e SET
          state = t.state, attempt = t.attempt, wait_keys = t.wait_keys, turn = NULL,
          due_at = CASE t.state WHEN 'RUNNING' THEN e.due_at ELSE t.due_at END,
          lease_until = CASE t.state WHEN 'RUNNING'
            THEN GREATEST(COALESCE(e.lease_until, e.due_at), t.due_at) END,
          checkpoint = COALESCE(t.checkpoint, e.checkpoint),
          failure_class = t.failure_class, failure_message = t.failure_message,
          progress = COALESCE(t.progress, e.progress),
          progress_message = COALESCE(t.progress_message, e.progress_message)
        FROM t
        WHERE e.id = t.id AND e.lease = t.lease AND e.state = 'RUNNING'
          AND (t.state = 'RUNNING' OR NOT e.has_wakes)
          AND NOT EXISTS (SELECT 1 FROM trigrun_journal j
            WHERE t.state = 'RUNNING' AND j.execution_id = t.id AND j.number = t.first)
        RETURNING e.id
      )
      """;

  private static final String PLAIN = RECORD + "SELECT id FROM recorded";

  private static final String WITH_JOURNAL =
      RECORD + BulkJournal.after("recorded") + "SELECT id FROM recorded";

  private BulkBoundary() {}

  /** Those that end no attempt, if they leave nothing behind but notes. */
  static boolean isSuitable(Transition transition) {
    return (transition.state() == ExecutionState.RUNNING
            || transition.state() == ExecutionState.WAITING)
        && transition.record().isEmpty()
        && transition.output().isEmpty()
        && transition.followUps().definitions().isEmpty()
        && transition.followUps().cancel().isEmpty();
  }

  /** Returns the executions of which it has recorded it. Each may occur once. */
  static Set<UUID> run(Transaction transaction, List<Transition> transitions) throws SQLException {
    if (transitions.isEmpty()) {
      return Set.of();
    }
    boolean more = transitions.stream().anyMatch(BulkJournal::isNeeded);
    return new HashSet<>(
        transaction.query(
            more ? WITH_JOURNAL : PLAIN,
            parameters -> {
              bind(parameters, transitions);
              if (more) {
                BulkJournal.bind(parameters, transitions);
              }
            },
            Columns::id));
  }

  private static void bind(Parameters parameters, List<Transition> transitions) {
    parameters
        .texts(transitions, t -> t.lease().executionId().toString())
        .texts(transitions, t -> Long.toString(t.lease().number()))
        .texts(transitions, t -> t.state().name())
        .texts(transitions, t -> InstantText.of(t.dueAt()))
        .texts(transitions, t -> Integer.toString(t.attempt()))
        .texts(transitions, t -> t.checkpoint().orElse(null))
        .texts(transitions, t -> t.failure().map(Failure::errorClass).orElse(null))
        .texts(transitions, t -> t.failure().map(Failure::message).orElse(null))
        .texts(transitions, t -> t.progress().map(said -> "" + said.fraction()).orElse(null))
        .texts(transitions, t -> t.progress().map(said -> said.message()).orElse(null))
        .texts(transitions, t -> t.waitKeys().isEmpty() ? null : Lines.join(t.waitKeys()))
        .texts(transitions, BulkBoundary::first);
  }

  private static @Nullable String first(Transition transition) {
    return transition.journal().isEmpty()
        ? null
        : Integer.toString(transition.journal().get(0).number());
  }
}
