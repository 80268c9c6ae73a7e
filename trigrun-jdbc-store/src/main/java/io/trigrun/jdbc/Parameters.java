package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds the parameters of a statement from left to right. */
final class Parameters {

  private final PreparedStatement statement;
  private final Dialect dialect;
  private int index;

  Parameters(PreparedStatement statement, Dialect dialect) {
    this.statement = statement;
    this.dialect = dialect;
  }

  /** Starts over, for the next row of a batch. */
  Parameters first() {
    index = 0;
    return this;
  }

  Parameters id(@Nullable UUID value) throws SQLException {
    return object(value);
  }

  Parameters id(Optional<UUID> value) throws SQLException {
    return object(value.orElse(null));
  }

  Parameters text(@Nullable String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  Parameters text(Optional<String> value) throws SQLException {
    return text(value.orElse(null));
  }

  Parameters instant(@Nullable Instant value) throws SQLException {
    return object(value == null ? null : dialect.bound(value));
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Parameters number(Optional<Integer> value) throws SQLException {
    return object(value.orElse(null));
  }

  Parameters fraction(@Nullable Double value) throws SQLException {
    return object(value);
  }

  Parameters flag(boolean value) throws SQLException {
    statement.setBoolean(++index, value);
    return this;
  }

  /** For {@code = ANY (?)}. */
  Parameters ids(Collection<UUID> values) throws SQLException {
    return object(values.toArray(UUID[]::new));
  }

  /** For {@code = ANY (?)}. */
  Parameters texts(Collection<String> values) throws SQLException {
    return object(values.toArray(String[]::new));
  }

  private Parameters object(@Nullable Object value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }
}
