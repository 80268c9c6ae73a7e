package io.trigrun.jdbc.dialect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** H2 2.3.230 and newer. */
final class H2Dialect implements Dialect {

  /** "Concurrent update in table": H2 gave up waiting for a writer that kept changing the row. */
  private static final int CONCURRENT_UPDATE = 90131;

  private static final int NOT_ENOUGH_RIGHTS = 90096;

  private static final int READ_ONLY = 90097;

  @Override
  public String folder() {
    return "h2";
  }

  @Override
  public Optional<String> ifAbsent() {
    return Optional.empty();
  }

  @Override
  public boolean bindsArrays() {
    return true;
  }

  /** It locks all that it finds, then takes the first n. */
  @Override
  public boolean locksFirst() {
    return false;
  }

  @Override
  public boolean worksInBulk() {
    return false;
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
    return "CALL DATABASE()";
  }

  @Override
  public Verdict verdict(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.equals("23505")) {
      return Verdict.TAKEN;
    }
    if (state.startsWith("40") || failure.getErrorCode() == CONCURRENT_UPDATE) {
      return Verdict.COLLIDED;
    }
    if (state.startsWith("22") || state.startsWith("23")) {
      return Verdict.UNSTORABLE;
    }
    if (state.startsWith("42S0") || state.equals("90079")) {
      return Verdict.NO_TABLE;
    }
    return switch (failure.getErrorCode()) {
      case NOT_ENOUGH_RIGHTS -> Verdict.FORBIDDEN;
      case READ_ONLY -> Verdict.READ_ONLY;
      default -> Verdict.UNAVAILABLE;
    };
  }
}
