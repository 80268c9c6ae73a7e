package io.trigrun.jdbc.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The few answers that differ from database to database. Everything else is SQL that all of them
 * understand.
 */
public interface Dialect {

  /** The folder of its schema scripts, below {@code io/trigrun/jdbc/schema}. */
  String folder();

  /**
   * What makes {@code INSERT ... VALUES} leave out rows that are there, if anything does. The table
   * has an {@code execution_id}.
   */
  Optional<String> ifAbsent();

  /**
   * Whether {@code = ANY (?)} takes an array. If not, it is rewritten as a list, {@code IN (?, ?)}.
   */
  boolean bindsArrays();

  /**
   * Whether {@code ORDER BY ... LIMIT n FOR UPDATE SKIP LOCKED} locks the first n rows that nobody
   * has. If not, one claim looks for work at a time.
   */
  boolean locksFirst();

  /**
   * Whether many rows can be written in one statement that takes arrays and reports what it did,
   * and executions that have ended are in a partition of their own.
   */
  boolean worksInBulk();

  /**
   * Whether the name of an index that is created takes a schema; if not, it goes to its table's.
   */
  default boolean qualifiesIndexes() {
    return true;
  }

  /** Whether {@code pg_notify} and {@code LISTEN} carry news from session to session. */
  default boolean notifies() {
    return false;
  }

  /** What an id is bound as. */
  Object bound(UUID id);

  /** The id in a column, or null. */
  @Nullable UUID id(ResultSet row, int column) throws SQLException;

  /** What an instant is bound as. */
  Object bound(Instant instant);

  /** The instant in a column, or null. */
  @Nullable Instant instant(ResultSet row, int column) throws SQLException;

  /** Asks the database what the time is: one row with what {@link #instant} reads. */
  default String now() {
    return "SELECT CURRENT_TIMESTAMP(6)";
  }

  /** How many bytes of UTF-8 a text may have that is sent to the server. */
  default long longestText() {
    return Long.MAX_VALUE;
  }

  /** Asks the server for the name of the database that a connection has selected: one row. */
  String databaseName();

  /** Whether a schema is a database, so that qualified names work from any other one. */
  default boolean schemaIsDatabase() {
    return false;
  }

  /** What became of a transaction that failed. */
  Verdict verdict(SQLException failure);

  /** What to do about a failure. */
  enum Verdict {
    /** A unique index has the value: somebody was faster, so look again. */
    TAKEN,
    /** A deadlock or a serialization failure: the same transaction will do better. */
    COLLIDED,
    /** A value the database can't hold: no repetition helps. */
    UNSTORABLE,
    /** The table is missing. */
    NO_TABLE,
    /** The user lacks a right: somebody has to grant it. */
    FORBIDDEN,
    /** Nothing can be written: by this transaction, or to this server. */
    READ_ONLY,
    /** Everything else: out of reach, overloaded, full. */
    UNAVAILABLE
  }

  /** What {@link #of} knows. */
  String KNOWN = "PostgreSQL 13, MariaDB 10.6, MySQL 8.0.17, H2 2.3.230 or newer";

  /** The dialect of a connection's database, if there is one. */
  static Optional<Dialect> of(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    return switch (database.getDatabaseProductName()) {
      case "H2" -> Optional.of(new H2Dialect());
      case "PostgreSQL" -> Optional.of(new PostgresqlDialect());
      case "MariaDB", "MySQL" ->
          MySqlDialect.understands(database)
              ? Optional.of(MySqlDialect.of(connection))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
