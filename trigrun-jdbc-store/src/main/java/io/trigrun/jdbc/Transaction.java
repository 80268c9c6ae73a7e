package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Runs the statements of one try of one transaction. */
final class Transaction {

  /** Binds the parameters of a statement. */
  @FunctionalInterface
  interface Binding {
    Binding NONE = parameters -> {};

    void bind(Parameters parameters) throws SQLException;
  }

  /** Binds the parameters of one row of a batch. */
  @FunctionalInterface
  interface RowBinding<T> {
    void bind(Parameters parameters, T item) throws SQLException;
  }

  /** Makes something of a row. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Columns columns) throws SQLException;
  }

  private final Connection connection;
  private final Dialect dialect;
  private final TableNames names;
  private final boolean repeat;
  private boolean undone;
  private Optional<Instant> earliestDue = Optional.empty();

  Transaction(Connection connection, Dialect dialect, TableNames names, boolean repeat) {
    this.connection = connection;
    this.dialect = dialect;
    this.names = names;
    this.repeat = repeat;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Whether a try before this one found that a value was taken: look before inserting. */
  boolean isRepeat() {
    return repeat;
  }

  /** Lets the transaction end without a trace. */
  void undo() {
    undone = true;
  }

  boolean isUndone() {
    return undone;
  }

  /** Something is PENDING by this, and free to go when it is due. */
  void makesDue(Instant due) {
    if (earliestDue.isEmpty() || due.isBefore(earliestDue.get())) {
      earliestDue = Optional.of(due);
    }
  }

  /** What others may want to know of once it is committed. */
  Optional<Instant> earliestDue() {
    return undone ? Optional.empty() : earliestDue;
  }

  <T> List<T> query(String sql, Binding binding, Reading<T> reading) throws SQLException {
    try (PreparedStatement statement = prepare(sql, binding)) {
      try (ResultSet rows = statement.executeQuery()) {
        Columns columns = new Columns(rows, dialect);
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reading.read(columns.first()));
        }
        return found;
      }
    }
  }

  <T> Optional<T> first(String sql, Binding binding, Reading<T> reading) throws SQLException {
    return query(sql, binding, reading).stream().findFirst();
  }

  void execute(String sql, Binding binding) throws SQLException {
    try (PreparedStatement statement = prepare(sql, binding)) {
      statement.execute();
    }
  }

  /** Returns how many rows it changed, which drivers know of a statement that is no batch. */
  int update(String sql, Binding binding) throws SQLException {
    try (PreparedStatement statement = prepare(sql, binding)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, Binding binding) throws SQLException {
    Parameters parameters = new Parameters(dialect);
    binding.bind(parameters);
    PreparedStatement statement = connection.prepareStatement(parameters.in(names.in(sql)));
    try {
      parameters.set(statement);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * Executes a statement for each item, in one round trip. Says nothing of how many rows were
   * changed: some drivers answer "success, count unknown", so callers lock and read what they need
   * to know.
   */
  <T> void batch(String sql, Collection<T> items, RowBinding<T> binding) throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(names.in(sql))) {
      Parameters parameters = new Parameters(dialect);
      for (T item : items) {
        binding.bind(parameters.first(), item);
        parameters.set(statement);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  Savepoint savepoint() throws SQLException {
    return connection.setSavepoint();
  }

  void rollBackTo(Savepoint savepoint) throws SQLException {
    connection.rollback(savepoint);
  }

  void release(Savepoint savepoint) throws SQLException {
    connection.releaseSavepoint(savepoint);
  }
}
