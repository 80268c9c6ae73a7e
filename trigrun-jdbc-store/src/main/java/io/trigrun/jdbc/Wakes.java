package io.trigrun.jdbc;

import io.trigrun.spi.WakeUp;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The wake-ups that won their waits. */
final class Wakes {

  private static final String OPEN =
      """
      SELECT execution_id, wait_key, content, woken_at FROM trigrun_wake
      WHERE execution_id = ANY (?) AND NOT consumed ORDER BY position
      """;

  private static final String WINNER =
      """
      SELECT execution_id, wait_key, content, woken_at FROM trigrun_wake
      WHERE execution_id = ? AND wait_key = ?
      """;

  private static final String INSERT =
      """
      INSERT INTO trigrun_wake (execution_id, wait_key, content, woken_at, consumed)
      VALUES (?, ?, ?, ?, FALSE)
      """;

  private static final String CONSUME =
      "UPDATE trigrun_wake SET consumed = TRUE WHERE execution_id = ? AND wait_key = ?";

  private record Key(UUID executionId, String waitKey) {}

  private final Transaction transaction;
  private final Map<UUID, List<WakeUp>> open = new HashMap<>();
  private final Set<Key> consumed = new LinkedHashSet<>();

  Wakes(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Reads what no transition has consumed yet, of locked executions. */
  void load(Collection<UUID> executionIds) throws SQLException {
    if (!executionIds.isEmpty()) {
      transaction
          .query(OPEN, parameters -> parameters.ids(executionIds), Wakes::read)
          .forEach(
              wake -> open.computeIfAbsent(wake.executionId(), id -> new ArrayList<>()).add(wake));
    }
  }

  /** What no transition has consumed yet, oldest first. */
  static List<WakeUp> open(Transaction transaction, UUID executionId) throws SQLException {
    return transaction.query(OPEN, parameters -> parameters.ids(List.of(executionId)), Wakes::read);
  }

  /** What was loaded and is not consumed, oldest first. */
  List<WakeUp> open(UUID executionId) {
    return open.getOrDefault(executionId, List.of());
  }

  boolean isWoken(UUID executionId, Set<String> waitKeys) {
    return open(executionId).stream().anyMatch(wake -> waitKeys.contains(wake.waitKey()));
  }

  void consume(UUID executionId, Set<String> waitKeys) {
    for (WakeUp wake : List.copyOf(open(executionId))) {
      if (waitKeys.contains(wake.waitKey())) {
        open(executionId).remove(wake);
        consumed.add(new Key(executionId, wake.waitKey()));
      }
    }
  }

  void save() throws SQLException {
    transaction.batch(
        CONSUME,
        consumed,
        (parameters, key) -> parameters.id(key.executionId()).text(key.waitKey()));
  }

  Optional<WakeUp> winner(UUID executionId, String waitKey) throws SQLException {
    return transaction.first(
        WINNER, parameters -> parameters.id(executionId).text(waitKey), Wakes::read);
  }

  void add(WakeUp wake) throws SQLException {
    transaction.execute(
        INSERT,
        parameters ->
            parameters
                .id(wake.executionId())
                .text(wake.waitKey())
                .text(wake.input())
                .instant(wake.at()));
  }

  private static WakeUp read(Columns columns) throws SQLException {
    return new WakeUp(columns.id(), columns.text(), columns.text(), columns.instant());
  }
}
