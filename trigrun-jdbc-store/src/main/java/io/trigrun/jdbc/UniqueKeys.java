package io.trigrun.jdbc;

import io.trigrun.spi.NewExecution;
import io.trigrun.spi.UniqueKey;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who has which unique key, as far as a transaction cares: read once, then kept up to date while it
 * goes through its changes in order. The unique index has the last word.
 */
final class UniqueKeys {

  private static final String HOLDERS =
      """
      SELECT workspace, taken_key, id FROM trigrun_execution
      WHERE workspace = ANY (?) AND taken_key = ANY (?)
      """;

  private record Key(String workspace, String value) {}

  private record Holder(Key key, UUID id) {}

  private final Transaction transaction;
  private final Map<Key, UUID> holders = new HashMap<>();

  UniqueKeys(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Reads who has the keys of these. */
  void load(Collection<NewExecution> executions) throws SQLException {
    Set<String> workspaces = new LinkedHashSet<>();
    Set<String> values = new LinkedHashSet<>();
    for (NewExecution execution : executions) {
      if (execution.uniqueKey().isPresent()) {
        workspaces.add(execution.workspace());
        values.add(execution.uniqueKey().get().value());
      }
    }
    if (!values.isEmpty()) {
      transaction
          .query(
              HOLDERS,
              parameters -> parameters.texts(workspaces).texts(values),
              columns -> new Holder(new Key(columns.text(), columns.text()), columns.id()))
          .forEach(holder -> holders.put(holder.key(), holder.id()));
    }
  }

  /** Takes the key of an execution, if it has one, and returns who had it before. */
  Optional<UUID> take(NewExecution execution) {
    return key(execution).map(key -> holders.putIfAbsent(key, execution.id()));
  }

  /** Who has the key of an execution, if it has one. */
  Optional<UUID> holder(NewExecution execution) {
    return key(execution).map(holders::get);
  }

  /** A row has ended: its key may be free now. */
  void release(ExecutionRow row) {
    if (row.takenKey() == null) {
      key(row.origin).ifPresent(key -> holders.remove(key, row.id));
    }
  }

  private static Optional<Key> key(NewExecution execution) {
    return execution
        .uniqueKey()
        .map(UniqueKey::value)
        .map(value -> new Key(execution.workspace(), value));
  }
}
