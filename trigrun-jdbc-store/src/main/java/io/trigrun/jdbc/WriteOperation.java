package io.trigrun.jdbc;

import io.trigrun.spi.Conflict;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@link io.trigrun.spi.JobStore#write(WriteSet)}. */
final class WriteOperation {

  private WriteOperation() {}

  static WriteResult run(Transaction transaction, WriteSet writes) throws SQLException {
    Optional<Conflict> conflict = new DefinitionWriter(transaction).write(writes.definitions());
    if (conflict.isPresent()) {
      transaction.undo();
      return new WriteResult.Refused(conflict.get());
    }
    ExecutionChanges changes = new ExecutionChanges(transaction);
    changes.prepare(List.of(writes));
    List<UUID> cancelled = changes.cancel(writes.cancel());
    List<Enqueued> enqueued = changes.enqueue(writes.enqueue());
    changes.save();
    return new WriteResult.Stored(enqueued, cancelled);
  }
}
