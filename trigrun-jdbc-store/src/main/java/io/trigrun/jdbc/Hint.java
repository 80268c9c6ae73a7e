package io.trigrun.jdbc;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What is sent from node to node, on a channel that only those share who share the tables.
 *
 * @param sender the store object that stored it, or {@link #HOST}
 * @param due the earliest due instant of what was stored, or a moment before
 */
record Hint(String sender, Instant due) {

  /** Stored in a transaction of the host: also the sender learns of its commit by the hint only. */
  static final String HOST = "host";

  /** The table's number, because a name may be in any schema of the search path. */
  private static final String CHANNEL = "'trigrun_' || 'trigrun_execution'::regclass::oid";

  private static final String NOTIFY = "SELECT pg_notify(" + CHANNEL + ", ?)";

  /** Sent when the transaction commits. */
  void send(Transaction transaction) throws SQLException {
    String payload = sender + ' ' + due;
    transaction.execute(NOTIFY, parameters -> parameters.text(payload));
  }

  /** Needs a connection in autocommit mode. */
  static void listen(Transaction transaction) throws SQLException {
    String channel =
        transaction.query("SELECT " + CHANNEL, Transaction.Binding.NONE, Columns::text).get(0);
    transaction.execute("LISTEN " + channel, Transaction.Binding.NONE);
  }

  /** What was sent, unless it is of somebody else who uses the same channel. */
  static Optional<Hint> of(String payload) {
    int blank = payload.indexOf(' ');
    try {
      return blank < 0
          ? Optional.empty()
          : Optional.of(
              new Hint(payload.substring(0, blank), Instant.parse(payload.substring(blank + 1))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
