package io.trigrun.jdbc;

import io.trigrun.Priority;
import io.trigrun.QueueBacklog;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what is due, in the index of claims: a range of it for each priority, no longer than what
 * is to be counted.
 */
final class Backlogs {

  /** Where a claim moves the due instant to the end of the lease: the index tells all. */
  private static final String OF_LEVEL =
      """
      (SELECT claim_queue, priority, due_at AS at FROM trigrun_execution
       WHERE claim_queue = ? AND priority = ? AND due_at <= ?
       ORDER BY claim_queue, priority, due_at LIMIT ?)
      """;

  /**
   * Where a claim leaves the due instant alone: what runs is passed over, see {@link BulkClaim}.
   */
  private static final String OF_LEVEL_UNMOVED =
      """
      (SELECT claim_queue, priority, COALESCE(lease_until, due_at) AS at
       FROM trigrun_execution_live
       WHERE claim_queue = ? AND priority = ? AND due_at <= ?
         AND COALESCE(lease_until, due_at) <= ?
       ORDER BY claim_queue, priority, due_at LIMIT ?)
      """;

  private static final String COUNT = count(OF_LEVEL);
  private static final String COUNT_UNMOVED = count(OF_LEVEL_UNMOVED);

  private Backlogs() {}

  private static String count(String ofLevel) {
    return Stream.of(Priority.values())
        .map(priority -> ofLevel)
        .collect(Collectors.joining("UNION ALL\n", "SELECT COUNT(*), MIN(at) FROM (\n", ") due"));
  }

  static List<QueueBacklog> read(
      Transaction transaction, Collection<String> queues, Instant now, int most)
      throws SQLException {
    List<QueueBacklog> backlogs = new ArrayList<>(queues.size());
    for (String queue : queues) {
      backlogs.add(read(transaction, queue, now, most));
    }
    return backlogs;
  }

  private static QueueBacklog read(Transaction transaction, String queue, Instant now, int most)
      throws SQLException {
    boolean unmoved = transaction.dialect().worksInBulk();
    return transaction
        .query(
            unmoved ? COUNT_UNMOVED : COUNT,
            parameters -> {
              for (Priority priority : Priority.values()) {
                parameters.text(queue).number(priority.level()).instant(now);
                if (unmoved) {
                  parameters.instant(now);
                }
                parameters.number(most);
              }
            },
            columns ->
                new QueueBacklog(
                    queue,
                    (int) Math.min(columns.number(), most),
                    Optional.ofNullable(columns.maybeInstant()),
                    now))
        .get(0);
  }
}
