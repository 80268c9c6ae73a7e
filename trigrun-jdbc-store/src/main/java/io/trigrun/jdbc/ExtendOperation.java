package io.trigrun.jdbc;

import io.trigrun.spi.Lease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link io.trigrun.spi.JobStore#extendLeases}. */
final class ExtendOperation {

  private static final String LOCK =
      """
      SELECT id, lease FROM trigrun_execution
      WHERE id = ANY (?) AND state = 'RUNNING' ORDER BY id FOR UPDATE
      """;

  private static final String EXTEND =
      "UPDATE trigrun_execution SET due_at = ?, lease_until = NULL WHERE id = ANY (?)";

  private ExtendOperation() {}

  static List<Lease> run(Transaction transaction, List<Lease> leases, Instant until)
      throws SQLException {
    List<UUID> ids = leases.stream().map(Lease::executionId).toList();
    Set<Lease> current =
        Set.copyOf(
            transaction.query(
                LOCK,
                parameters -> parameters.ids(ids),
                columns -> new Lease(columns.id(), columns.number())));
    Set<UUID> held =
        leases.stream()
            .filter(current::contains)
            .map(Lease::executionId)
            .collect(Collectors.toSet());
    if (!held.isEmpty()) {
      transaction.execute(EXTEND, parameters -> parameters.instant(until).ids(held));
    }
    return leases.stream().filter(lease -> !current.contains(lease)).toList();
  }
}
