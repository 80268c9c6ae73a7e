package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.Transition;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link io.trigrun.spi.JobStore#apply}. */
final class ApplyOperation {

  private final Transaction transaction;
  private final ExecutionChanges changes;

  private ApplyOperation(Transaction transaction) {
    this.transaction = transaction;
    changes = new ExecutionChanges(transaction);
  }

  static List<Applied> run(Transaction transaction, List<Transition> transitions)
      throws SQLException {
    ApplyOperation operation = new ApplyOperation(transaction);
    operation.changes.prepare(
        transitions, transitions.stream().map(Transition::followUps).toList());
    List<Applied> results = new ArrayList<>(transitions.size());
    for (Transition transition : transitions) {
      results.add(operation.apply(transition));
    }
    operation.changes.save();
    return results;
  }

  private Applied apply(Transition transition) throws SQLException {
    Optional<ExecutionRow> row = changes.held(transition);
    if (row.isEmpty()) {
      return new Applied.LeaseLost();
    }
    if (row.get().state != ExecutionState.RUNNING) {
      // Only its own transition ends a lease without a higher number: this is that one, repeated.
      return new Applied.Done(changes.recall(transition.followUps().enqueue()));
    }
    if (changes.isRepeated(transition)) {
      return new Applied.Done(changes.recall(transition.followUps().enqueue()));
    }
    Optional<Conflict> conflict = write(transition.followUps().definitions());
    if (conflict.isPresent()) {
      return new Applied.Refused(conflict.get());
    }
    changes.apply(row.get(), transition);
    changes.cancel(transition.followUps().cancel());
    return new Applied.Done(changes.enqueue(transition.followUps().enqueue()));
  }

  /** Writes definitions, or undoes them and says why, without harm to the rest of the batch. */
  private Optional<Conflict> write(List<DefinitionWrite> definitions) throws SQLException {
    if (definitions.isEmpty()) {
      return Optional.empty();
    }
    Savepoint before = transaction.savepoint();
    Optional<Conflict> conflict = new DefinitionWriter(transaction).write(definitions);
    if (conflict.isPresent()) {
      transaction.rollBackTo(before);
    } else {
      transaction.release(before);
    }
    return conflict;
  }
}
