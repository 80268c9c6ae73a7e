package io.trigrun.jdbc;

import io.trigrun.ExecutionState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The executions that a transaction has locked, read, changed and added. */
final class Rows {

  private static final String LOCK =
      "SELECT "
          + ExecutionColumns.SELECTED
          + "FROM trigrun_execution e WHERE e.id = ANY (?) ORDER BY e.id FOR UPDATE";

  private static final String LOCK_FREE =
      "SELECT "
          + ExecutionColumns.SELECTED
          + "FROM trigrun_execution e WHERE e.id = ANY (?) FOR UPDATE SKIP LOCKED";

  private static final String EXISTING = "SELECT id FROM trigrun_execution WHERE id = ANY (?)";

  private final Transaction transaction;
  private final Set<UUID> existing = new HashSet<>();
  private final Map<UUID, ExecutionRow> rows = new HashMap<>();
  private final Map<UUID, ExecutionRow> changed = new LinkedHashMap<>();
  private final Map<UUID, ExecutionRow> added = new LinkedHashMap<>();

  Rows(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Locks and reads the rows that exist among the ids, waiting for whoever has them. */
  void lock(Collection<UUID> ids) throws SQLException {
    read(LOCK, ids);
  }

  /** As {@link #lock}, but leaves out what others have. */
  void lockFree(Collection<UUID> ids) throws SQLException {
    read(LOCK_FREE, ids);
  }

  private void read(String sql, Collection<UUID> ids) throws SQLException {
    Set<UUID> unread = new LinkedHashSet<>(ids);
    unread.removeAll(rows.keySet());
    if (!unread.isEmpty()) {
      transaction
          .query(sql, parameters -> parameters.ids(unread), ExecutionColumns::read)
          .forEach(row -> rows.put(row.id, row));
    }
  }

  /** Learns which of the ids exist, without a lock. */
  void note(Collection<UUID> ids) throws SQLException {
    if (!ids.isEmpty()) {
      existing.addAll(transaction.query(EXISTING, parameters -> parameters.ids(ids), Columns::id));
    }
  }

  /** Whether an execution was locked, added or noted here. */
  boolean exists(UUID id) {
    return rows.containsKey(id) || existing.contains(id);
  }

  Optional<ExecutionRow> find(UUID id) {
    return Optional.ofNullable(rows.get(id));
  }

  Collection<ExecutionRow> all() {
    return rows.values();
  }

  void add(ExecutionRow row) {
    rows.put(row.id, row);
    added.put(row.id, row);
  }

  void changed(ExecutionRow row) {
    changed.put(row.id, row);
  }

  /** Writes what was changed and added; changes first, because they may free unique keys. */
  void save() throws SQLException {
    changed.keySet().removeAll(added.keySet());
    Stream.concat(changed.values().stream(), added.values().stream())
        .filter(row -> row.state == ExecutionState.PENDING && !row.blocked)
        .forEach(row -> transaction.makesDue(row.dueAt));
    transaction.batch(ExecutionColumns.UPDATE, changed.values(), ExecutionColumns::bindUpdate);
    transaction.batch(ExecutionColumns.INSERT, added.values(), ExecutionColumns::bindInsert);
    changed.clear();
    added.clear();
  }
}
