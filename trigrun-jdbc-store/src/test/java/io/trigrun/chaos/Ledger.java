package io.trigrun.chaos;

import io.trigrun.handler.JobContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Where handlers note down that they were called, durably and before they do anything else, and
 * what they did: in tables beside the store's.
 */
final class Ledger {

  private final DataSource dataSource;

  Ledger(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void create() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE calls (execution uuid, attempt int, node varchar(99), handler varchar(99))");
      statement.execute("CREATE TABLE effects (execution uuid)");
      statement.execute("CREATE TABLE orders (execution uuid)");
      statement.execute("CREATE TABLE notes (node varchar(99), note varchar(999))");
    }
  }

  void called(String node, String handler, JobContext context) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO calls VALUES (?, ?, ?, ?)")) {
      insert.setObject(1, context.executionId());
      insert.setInt(2, context.attempt());
      insert.setString(3, node);
      insert.setString(4, handler);
      insert.executeUpdate();
    }
  }

  /** Notes down an effect within a transaction. */
  static void insert(Connection transaction, String table, UUID execution) throws SQLException {
    try (PreparedStatement insert =
        transaction.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
      insert.setObject(1, execution);
      insert.executeUpdate();
    }
  }

  void note(String node, String note) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO notes VALUES (?, ?)")) {
      insert.setString(1, node);
      insert.setString(2, note);
      insert.executeUpdate();
    }
  }

  long notes(String note) throws SQLException {
    return number("SELECT count(*) FROM notes WHERE note = '" + note + "'");
  }

  long callsOf(String node) throws SQLException {
    return number("SELECT count(*) FROM calls WHERE node = '" + node + "'");
  }

  /** What is still to be done: nothing, in the end. */
  long live() throws SQLException {
    return number(
        "SELECT count(*) FROM trigrun_execution_live WHERE claim_queue IS NOT NULL"
            + " AND caused_by <> 'SYSTEM'");
  }

  List<Call> calls() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT execution, attempt, node FROM calls")) {
      List<Call> calls = new ArrayList<>();
      while (rows.next()) {
        calls.add(new Call(rows.getObject(1, UUID.class), rows.getInt(2), rows.getString(3)));
      }
      return calls;
    }
  }

  /** The executions that a table names, as often as it does. */
  List<UUID> executions(String table) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT execution FROM " + table)) {
      List<UUID> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
      return ids;
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
