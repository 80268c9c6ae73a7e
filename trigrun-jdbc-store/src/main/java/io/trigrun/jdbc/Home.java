package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The database that a store is in, as far as a connection can tell it from others: what kind it is
 * and its name. Two of the same name on two servers look the same.
 *
 * @param product as the driver calls it
 * @param name empty if a session need not have it selected
 */
record Home(Dialect dialect, String product, Optional<String> name) {

  static Home of(Connection connection, TableNames names) throws SQLException {
    Dialect dialect = Schema.dialect(connection);
    return new Home(
        dialect,
        product(connection),
        names.schema().isPresent() && dialect.schemaIsDatabase()
            ? Optional.empty()
            : selected(connection, dialect));
  }

  private static String product(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName();
  }

  /** As the server says it: behind a proxy a driver may know it by another name. */
  private static Optional<String> selected(Connection connection, Dialect dialect)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(dialect.databaseName())) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  /**
   * Looks whether the connection leads here, without a round trip where the driver knows.
   *
   * @throws IllegalArgumentException if it certainly leads to another database
   */
  void require(Connection connection) throws SQLException {
    String kind = product(connection);
    boolean alike =
        kind.equals(product)
            || Dialect.of(connection)
                .filter(other -> other.folder().equals(dialect.folder()))
                .isPresent();
    if (!alike) {
      throw foreign(kind, Optional.ofNullable(connection.getCatalog()));
    }
    if (name.isEmpty() || name.get().equals(connection.getCatalog())) {
      return;
    }
    Optional<String> other = selected(connection, dialect);
    if (!other.equals(name)) {
      throw foreign(kind, other);
    }
  }

  private IllegalArgumentException foreign(String kind, Optional<String> other) {
    return new IllegalArgumentException(
        "expected a session of the store's database, "
            + shown(product, name)
            + ", got one of "
            + shown(kind, other)
            + ": take the connection from the store's data source");
  }

  private static String shown(String product, Optional<String> name) {
    return name.map(known -> product + " " + known).orElse(product);
  }
}
