package io.trigrun.jdbc;

import io.trigrun.spi.Lease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Extends any number of leases in one statement, where the database takes arrays. */
final class BulkExtend {

  private static final String EXTEND =
      """
      UPDATE trigrun_execution_live e SET due_at = ?, lease_until = NULL
      FROM unnest(?::uuid[], ?::bigint[]) AS t (id, lease)
      WHERE e.id = t.id AND e.lease = t.lease AND e.state = 'RUNNING'
      RETURNING e.id, e.lease
      """;

  private BulkExtend() {}

  /** Returns the leases that are not held any more. */
  static List<Lease> run(Transaction transaction, List<Lease> leases, Instant until)
      throws SQLException {
    Set<Lease> held =
        new HashSet<>(
            transaction.query(
                EXTEND,
                parameters ->
                    parameters
                        .instant(until)
                        .texts(leases, lease -> lease.executionId().toString())
                        .texts(leases, lease -> Long.toString(lease.number())),
                columns -> new Lease(columns.id(), columns.number())));
    return leases.stream().filter(lease -> !held.contains(lease)).toList();
  }
}
