package io.trigrun.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** The one place that knows PostgreSQL's driver, which may be missing. */
final class Notifications {

  private final PGConnection connection;

  private Notifications(PGConnection connection) {
    this.connection = connection;
  }

  /** Of a connection, if it or what it wraps is one of that driver. */
  static Optional<Notifications> of(Connection connection) {
    try {
      return connection.isWrapperFor(PGConnection.class)
          ? Optional.of(new Notifications(connection.unwrap(PGConnection.class)))
          : Optional.empty();
    } catch (SQLException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Waits until something comes, without a statement, and returns what has come. */
  List<String> await(int millis) throws SQLException {
    PGNotification[] come = connection.getNotifications(millis);
    return come == null
        ? List.of()
        : Arrays.stream(come).map(PGNotification::getParameter).toList();
  }
}
