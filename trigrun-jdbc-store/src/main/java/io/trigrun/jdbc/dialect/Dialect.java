package io.trigrun.jdbc.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The few answers that differ from database to database. Everything else is SQL that all of them
 * understand; a database without array parameters rewrites {@code = ANY (?)} as a list.
 */
public interface Dialect {

  /** The folder of its schema scripts, below {@code io/trigrun/jdbc/schema}. */
  String folder();

  /** What an instant is bound as. */
  Object bound(Instant instant);

  /** The instant in a column, or null. */
  @Nullable Instant instant(ResultSet row, int column) throws SQLException;

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
    /** Everything else: out of reach, overloaded, full. */
    UNAVAILABLE
  }

  /** The dialect of a connection's database, if there is one. */
  static Optional<Dialect> of(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2")
        ? Optional.of(new H2Dialect())
        : Optional.empty();
  }
}
