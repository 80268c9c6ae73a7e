package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Puts any number of executions off until their turns under rate limits, in one statement, where
 * the database takes arrays. It leaves lost leases alone.
 */
final class BulkDefer {

  private static final String DEFER =
      """
      UPDATE trigrun_execution_live e SET
        state = 'PENDING', due_at = t.due_at, lease_until = NULL, attempt = t.attempt,
        turn = t.turn, failure_class = t.failure_class, failure_message = t.failure_message
      FROM unnest(?::uuid[], ?::bigint[], ?::timestamptz[], ?::integer[], ?::text[], ?::text[],
          ?::text[]) AS t (id, lease, due_at, attempt, turn, failure_class, failure_message)
      WHERE e.id = t.id AND e.lease = t.lease AND e.state = 'RUNNING'
      RETURNING e.id
      """;

  private BulkDefer() {}

  /** Those that only say when the turn is. */
  static boolean isSuitable(Transition transition) {
    return transition.state() == ExecutionState.PENDING
        && transition.turn().isPresent()
        && transition.record().isEmpty()
        && transition.output().isEmpty()
        && transition.checkpoint().isEmpty()
        && transition.progress().isEmpty()
        && transition.consumed().isEmpty()
        && transition.followUps().isEmpty();
  }

  /** Returns the executions that it has put off. Each may occur once. */
  static Set<UUID> run(Transaction transaction, List<Transition> transitions) throws SQLException {
    if (transitions.isEmpty()) {
      return Set.of();
    }
    Set<UUID> deferred =
        new HashSet<>(
            transaction.query(
                DEFER,
                parameters ->
                    parameters
                        .texts(transitions, t -> t.lease().executionId().toString())
                        .texts(transitions, t -> Long.toString(t.lease().number()))
                        .texts(transitions, t -> InstantText.of(t.dueAt()))
                        .texts(transitions, t -> Integer.toString(t.attempt()))
                        .texts(transitions, t -> t.turn().orElse(null))
                        .texts(transitions, t -> t.failure().map(Failure::errorClass).orElse(null))
                        .texts(transitions, t -> t.failure().map(Failure::message).orElse(null)),
                Columns::id));
    transitions.stream()
        .filter(one -> deferred.contains(one.lease().executionId()))
        .forEach(one -> transaction.makesDue(one.dueAt()));
    return deferred;
  }
}
