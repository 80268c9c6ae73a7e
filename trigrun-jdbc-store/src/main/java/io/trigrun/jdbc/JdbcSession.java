package io.trigrun.jdbc;

import io.trigrun.StoreSession;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Joins the transaction of the host: what is written with this session takes effect when the host
 * commits the connection, and never if it rolls back. The store never commits, rolls back or closes
 * the connection and leaves its settings alone. A write that fails leaves the transaction as it was
 * before the write; only when the database itself has ended the transaction (a deadlock) the host
 * has to start over.
 *
 * <p>A write of a unique key, of a configuration definition or of a cancellation locks rows until
 * the host commits, and other writers of the same wait for it: keep such transactions short.
 */
public final class JdbcSession implements StoreSession {

  private final Connection connection;

  private JdbcSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * A session of a connection to the database that the store is in, with the same schema. A store
   * refuses a session of a database of another kind or name with an {@link
   * IllegalArgumentException}, and one that lacks its tables with a {@code StoreException}. It can
   * not notice another server with a database of the same name and the same tables, nor another
   * schema with such tables: what is written then is there, and not in the store.
   *
   * @throws IllegalArgumentException if the connection is closed, or in autocommit mode, where each
   *     statement is a transaction of its own
   */
  public static JdbcSession of(Connection connection) {
    requireTransaction(connection);
    return new JdbcSession(connection);
  }

  Connection connection() {
    requireTransaction(connection);
    return connection;
  }

  private static void requireTransaction(Connection connection) {
    try {
      if (connection.isClosed()) {
        throw new IllegalArgumentException("expected an open connection, got a closed one");
      }
      if (connection.getAutoCommit()) {
        throw new IllegalArgumentException(
            "expected a connection with a transaction, got one in autocommit mode: call"
                + " connection.setAutoCommit(false) first");
      }
    } catch (SQLException e) {
      throw new IllegalArgumentException("expected an open connection, got a broken one", e);
    }
  }
}
