package io.trigrun.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@link io.trigrun.spi.JobStore#revive}. */
final class ReviveOperation {

  private ReviveOperation() {}

  static boolean run(Transaction transaction, UUID executionId, Instant dueAt) throws SQLException {
    Rows rows = new Rows(transaction);
    rows.lock(List.of(executionId));
    Optional<ExecutionRow> row = rows.find(executionId).filter(found -> found.state.isFinal());
    if (row.isEmpty()) {
      return false;
    }
    UniqueKeys keys = new UniqueKeys(transaction);
    keys.load(List.of(row.get().origin));
    if (keys.take(row.get().origin).filter(holder -> !holder.equals(executionId)).isPresent()) {
      return false;
    }
    AttemptLog attempts = new AttemptLog(transaction);
    Optional.ofNullable(row.get().lastAttempt)
        .map(AttemptText::read)
        .ifPresent(last -> attempts.append(last.lease(executionId), last.attempt()));
    row.get().revive(dueAt);
    rows.changed(row.get());
    rows.save();
    attempts.save();
    return true;
  }
}
