package io.trigrun.jdbc;

import io.trigrun.spi.PurgeRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@link io.trigrun.spi.JobStore#purge}. */
final class PurgeOperation {

  /** The lower bound keeps the scan away from live rows, which have no end and come first. */
  private static final String FIRST =
      """
      SELECT id FROM trigrun_execution
      WHERE finished_at >= ? AND finished_at < ? AND state = ANY (?) AND (? IS NULL OR queue = ?)
      ORDER BY finished_at, id LIMIT ?
      """;

  /** One of them may have been revived since. */
  private static final String LOCK =
      """
      SELECT id FROM trigrun_execution
      WHERE id = ANY (?) AND finished_at < ? AND state = ANY (?) ORDER BY id FOR UPDATE
      """;

  private static final List<String> DELETES =
      List.of(
          "DELETE FROM trigrun_attempt WHERE execution_id = ANY (?)",
          "DELETE FROM trigrun_journal WHERE execution_id = ANY (?)",
          "DELETE FROM trigrun_wake WHERE execution_id = ANY (?)",
          "DELETE FROM trigrun_execution WHERE id = ANY (?)");

  private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");

  private PurgeOperation() {}

  static int run(Transaction transaction, PurgeRequest request) throws SQLException {
    List<String> states = request.states().stream().map(Enum::name).toList();
    int purged = 0;
    while (purged < request.limit()) {
      int limit = request.limit() - purged;
      List<UUID> first =
          transaction.query(
              FIRST,
              parameters ->
                  parameters
                      .instant(LONG_AGO)
                      .instant(request.finishedBefore())
                      .texts(states)
                      .text(request.queue())
                      .text(request.queue())
                      .number(limit),
              Columns::id);
      purged += delete(transaction, lock(transaction, request, states, first));
      if (first.size() < limit) {
        break;
      }
    }
    return purged;
  }

  private static List<UUID> lock(
      Transaction transaction, PurgeRequest request, List<String> states, List<UUID> ids)
      throws SQLException {
    return transaction.query(
        LOCK,
        parameters -> parameters.ids(ids).instant(request.finishedBefore()).texts(states),
        Columns::id);
  }

  private static int delete(Transaction transaction, List<UUID> ids) throws SQLException {
    if (!ids.isEmpty()) {
      for (String delete : DELETES) {
        transaction.execute(delete, parameters -> parameters.ids(ids));
      }
    }
    return ids.size();
  }
}
