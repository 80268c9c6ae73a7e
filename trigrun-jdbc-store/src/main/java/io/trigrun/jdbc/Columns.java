package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row from left to right. */
final class Columns {

  private final ResultSet row;
  private final Dialect dialect;
  private int index;

  Columns(ResultSet row, Dialect dialect) {
    this.row = row;
    this.dialect = dialect;
  }

  /** Starts over, with the next row. */
  Columns first() {
    index = 0;
    return this;
  }

  UUID id() throws SQLException {
    return present(dialect.id(row, ++index));
  }

  Optional<UUID> maybeId() throws SQLException {
    return Optional.ofNullable(dialect.id(row, ++index));
  }

  String text() throws SQLException {
    return present(row.getString(++index));
  }

  Optional<String> maybeText() throws SQLException {
    return Optional.ofNullable(row.getString(++index));
  }

  Instant instant() throws SQLException {
    return present(maybeInstant());
  }

  @Nullable Instant maybeInstant() throws SQLException {
    return dialect.instant(row, ++index);
  }

  int integer() throws SQLException {
    return row.getInt(++index);
  }

  long number() throws SQLException {
    return row.getLong(++index);
  }

  Optional<Integer> maybeInteger() throws SQLException {
    int value = row.getInt(++index);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  double fraction() throws SQLException {
    return row.getDouble(++index);
  }

  boolean flag() throws SQLException {
    return row.getBoolean(++index);
  }

  private <T> T present(@Nullable T value) throws SQLException {
    if (value == null) {
      throw new SQLException(
          "expected a value in " + row.getMetaData().getColumnLabel(index) + ", got null", "XX000");
    }
    return value;
  }
}
