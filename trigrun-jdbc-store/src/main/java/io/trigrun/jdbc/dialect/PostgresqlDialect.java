package io.trigrun.jdbc.dialect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 13 and newer. */
final class PostgresqlDialect implements Dialect {

  @Override
  public String folder() {
    return "postgresql";
  }

  @Override
  public Optional<String> ifAbsent() {
    return Optional.of("ON CONFLICT DO NOTHING");
  }

  @Override
  public boolean bindsArrays() {
    return true;
  }

  @Override
  public boolean locksFirst() {
    return true;
  }

  @Override
  public boolean worksInBulk() {
    return true;
  }

  @Override
  public boolean qualifiesIndexes() {
    return false;
  }

  @Override
  public boolean notifies() {
    return true;
  }

  /** Not that of the transaction's begin. */
  @Override
  public String now() {
    return "SELECT clock_timestamp()";
  }

  @Override
  public Object bound(UUID id) {
    return id;
  }

  @Override
  public @Nullable UUID id(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  @Override
  public Object bound(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  @Override
  public String databaseName() {
    return "SELECT current_database()";
  }

  @Override
  public Verdict verdict(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.equals("23505")) {
      return Verdict.TAKEN;
    }
    // 40001 also says that a row was moved to the other partition while it was waited for.
    if (state.startsWith("40")) {
      return Verdict.COLLIDED;
    }
    if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
      return Verdict.UNSTORABLE;
    }
    return switch (state) {
      case "42P01" -> Verdict.NO_TABLE;
      case "42501" -> Verdict.FORBIDDEN;
      case "25006" -> Verdict.READ_ONLY;
      default -> Verdict.UNAVAILABLE;
    };
  }
}
