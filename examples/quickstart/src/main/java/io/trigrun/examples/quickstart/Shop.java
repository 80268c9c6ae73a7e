package io.trigrun.examples.quickstart;

import io.trigrun.ExecutionRequest;
import io.trigrun.TrigRun;
import io.trigrun.jdbc.JdbcSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The host's own business: a table of orders, in the database that TrigRun stores its work in. */
record Shop(DataSource database, Console console) {

  void open() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS orders (id INT PRIMARY KEY)");
    }
  }

  void placeAndCommit(Order order, TrigRun trigrun) throws SQLException {
    try (Connection connection = begin()) {
      place(order, trigrun, connection);
      connection.commit();
      console.say("host", "order " + order.id() + " and its confirmation committed");
    }
  }

  void placeAndRollBack(Order order, TrigRun trigrun) throws SQLException {
    try (Connection connection = begin()) {
      place(order, trigrun, connection);
      connection.rollback();
      console.say("host", "order " + order.id() + " and its confirmation rolled back");
    }
  }

  /** The order and the work it brings about: both or neither. */
  private static void place(Order order, TrigRun trigrun, Connection connection)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders (id) VALUES (?)")) {
      insert.setInt(1, order.id());
      insert.executeUpdate();
    }
    trigrun.enqueue(JdbcSession.of(connection), ExecutionRequest.of(Application.CONFIRM, order));
  }

  List<Order> orders() throws SQLException {
    List<Order> orders = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM orders ORDER BY id")) {
      while (rows.next()) {
        orders.add(new Order(rows.getInt("id")));
      }
    }
    return orders;
  }

  private Connection begin() throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }
}
