package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.jdbc.dialect.Dialect.Verdict;
import io.trigrun.spi.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The tables of a {@link JdbcJobStore}. Scripts are numbered, additive, and lie in this jar under
 * {@code io/trigrun/jdbc/schema}: run {@link #migrate} when the host starts, or hand them to
 * Flyway, Liquibase or a DBA.
 *
 * <pre>{@code
 * Schema.migrate(dataSource); // default names
 * Schema.of(dataSource).schema("jobs").tablePrefix("app_").migrate(); // others
 * }</pre>
 */
public final class Schema {

  private static final int TRIES = 20;
  private static final long PAUSE_NANOS = 5_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  /** PostgreSQL: right, schema, syntax. MariaDB and MySQL: all of these. H2: schema, right. */
  private static final Set<String> HOPELESS =
      Set.of("42501", "3F000", "42601", "42000", "90079", "90096", "90040");

  private static final List<String> TABLES =
      List.of(
          "counter",
          "execution",
          "attempt",
          "journal",
          "wake",
          "slot",
          "rate",
          "definition",
          "reference");

  private final DataSource dataSource;
  private final TableNames names;

  private Schema(DataSource dataSource, TableNames names) {
    this.dataSource = dataSource;
    this.names = names;
  }

  /**
   * The tables with default names, until {@link #tablePrefix} or {@link #schema} says otherwise.
   */
  public static Schema of(DataSource dataSource) {
    return new Schema(dataSource, TableNames.DEFAULT);
  }

  /**
   * The same with another {@linkplain JdbcJobStore.Builder#tablePrefix table prefix}.
   *
   * @throws io.trigrun.validation.ValidationException if it is not of the form that is said there
   */
  public Schema tablePrefix(String prefix) {
    return new Schema(dataSource, new TableNames(prefix, names.schema()));
  }

  /**
   * The same in another {@linkplain JdbcJobStore.Builder#schema schema}, which must exist.
   *
   * @throws io.trigrun.validation.ValidationException if it is not of the form that is said there
   */
  public Schema schema(String name) {
    return new Schema(dataSource, new TableNames(names.prefix(), Optional.of(name)));
  }

  /** As {@link #migrate(DataSource)}, with these names. */
  public void migrate() {
    migrate(dataSource, names);
  }

  /** As {@link #verify(DataSource)}, with these names. */
  public void verify() {
    verify(dataSource, names);
  }

  /** As {@link #print(DataSource)}, with these names. */
  public String print() {
    return print(dataSource, names);
  }

  /**
   * Brings the tables up to date. May be called at each start, and by several processes at once.
   *
   * @throws StoreException if the database refuses
   */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, TableNames.DEFAULT);
  }

  /**
   * Checks that the tables are there and up to date.
   *
   * @throws IllegalStateException if not; says what to do
   * @throws StoreException if the database is out of reach
   */
  public static void verify(DataSource dataSource) {
    verify(dataSource, TableNames.DEFAULT);
  }

  /** The scripts for the database, one after another, to be read or run by hand. */
  public static String print(DataSource dataSource) {
    return print(dataSource, TableNames.DEFAULT);
  }

  static void migrate(DataSource dataSource, TableNames names) {
    for (int left = TRIES; ; left--) {
      try {
        migrateOnce(dataSource, names);
        return;
      } catch (SQLException e) {
        // Scripts may be run twice, so whoever is beaten to a table just starts over.
        if (isHopeless(e)) {
          throw StoreException.refused(refusal(names, e), e);
        }
        if (left == 1 || isOutOfReach(e)) {
          throw StoreException.unavailable(refusal(names, e), e);
        }
        // Who is faster may be at it for a while: H2 copies a table to which a column is added.
        LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, PAUSE_NANOS << (TRIES - left)));
      }
    }
  }

  private static void migrateOnce(DataSource dataSource, TableNames names) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Dialect dialect = dialect(connection);
      int installed = installed(connection, dialect, names);
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        for (SchemaScript script : SchemaScript.of(dialect)) {
          if (script.version() > installed) {
            for (String sql : script.statements(names)) {
              statement.execute(sql);
            }
          }
        }
      } finally {
        connection.setAutoCommit(autoCommit);
      }
    }
  }

  static void verify(DataSource dataSource, TableNames names) {
    try (Connection connection = dataSource.getConnection()) {
      Dialect dialect = dialect(connection);
      int installed = installed(connection, dialect, names);
      int expected = SchemaScript.newest(dialect);
      if (installed == 0) {
        throw new IllegalStateException(missing(names));
      }
      if (installed < expected) {
        throw new IllegalStateException(
            "expected version " + expected + " of the tables, got " + installed + ": " + fix());
      }
      for (String table : TABLES) {
        if (!exists(connection, dialect, names, table)) {
          throw new IllegalStateException(
              "expected table "
                  + names.table(table)
                  + ", got none: restore it, or run the scripts in io/trigrun/jdbc/schema");
        }
      }
    } catch (SQLException e) {
      throw StoreException.unavailable("expected to read the version of the tables, could not", e);
    }
  }

  static String print(DataSource dataSource, TableNames names) {
    try (Connection connection = dataSource.getConnection()) {
      StringBuilder all = new StringBuilder();
      for (SchemaScript script : SchemaScript.of(dialect(connection))) {
        all.append(script.text(names));
      }
      return all.toString();
    } catch (SQLException e) {
      throw StoreException.unavailable("expected to learn which database it is, could not", e);
    }
  }

  /**
   * Whether the procedure that ends executions one by one finds these tables on any connection. One
   * that was made without a schema looks for them along the connection's search path.
   */
  static boolean endsEach(DataSource dataSource, TableNames names) {
    if (names.schema().isEmpty()) {
      return true;
    }
    try (Connection connection = dataSource.getConnection()) {
      return ask(
              connection,
              dialect(connection),
              names,
              """
              SELECT 1 FROM pg_proc WHERE oid = to_regproc('trigrun_finish_each')
                AND position('trigrun_execution_live' in prosrc) > 0
              """)
          .filter(found -> !found.isEmpty())
          .isPresent();
    } catch (SQLException e) {
      throw StoreException.unavailable("expected to look at the procedures, could not", e);
    }
  }

  static Dialect dialect(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    String got = database.getDatabaseProductName() + " " + database.getDatabaseProductVersion();
    return Dialect.of(connection)
        .orElseThrow(
            () -> new IllegalArgumentException("expected " + Dialect.KNOWN + ", got " + got));
  }

  static String missing(TableNames names) {
    return "expected table "
        + names.table("execution")
        + ", got none: "
        + names.schema().map(name -> "create schema " + name + " if it is missing, and ").orElse("")
        + fix();
  }

  private static String fix() {
    return "call Schema.migrate(dataSource), or build the store with migrate(true), or run the"
        + " scripts in io/trigrun/jdbc/schema";
  }

  private static boolean exists(
      Connection connection, Dialect dialect, TableNames names, String table) throws SQLException {
    return ask(connection, dialect, names, "SELECT 1 FROM trigrun_" + table + " WHERE 1 = 0")
        .isPresent();
  }

  /** The version of the tables, 0 if there are none. */
  private static int installed(Connection connection, Dialect dialect, TableNames names)
      throws SQLException {
    return ask(connection, dialect, names, "SELECT MAX(version) FROM trigrun_schema")
        .map(versions -> versions.get(0))
        .orElse(0);
  }

  /** Numbers, and nothing left open; empty if there is no such table. */
  private static Optional<List<Integer>> ask(
      Connection connection, Dialect dialect, TableNames names, String sql) throws SQLException {
    Transaction transaction = new Transaction(connection, dialect, names, false);
    try {
      return Optional.of(transaction.query(sql, Transaction.Binding.NONE, Columns::integer));
    } catch (SQLException e) {
      if (dialect.verdict(e) == Verdict.NO_TABLE) {
        return Optional.empty();
      }
      throw e;
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
  }

  /** No right, no schema, no such statement: the next try meets the same. */
  private static boolean isHopeless(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("28") || HOPELESS.contains(state));
  }

  /** What the database says of a script holds no data. */
  private static String refusal(TableNames names, SQLException failure) {
    return "expected to create or change "
        + names.table("execution")
        + " and its like, got: "
        + failure.getMessage()
        + " (SQLState "
        + failure.getSQLState()
        + "); "
        + names.schema().map(name -> "schema " + name + " must exist, and ").orElse("")
        + "the user needs the right to create tables there";
  }

  private static boolean isOutOfReach(SQLException failure) {
    return failure.getSQLState() != null && failure.getSQLState().startsWith("08");
  }
}
