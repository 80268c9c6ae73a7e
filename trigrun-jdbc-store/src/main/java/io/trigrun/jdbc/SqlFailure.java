package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.jdbc.dialect.Dialect.Verdict;
import io.trigrun.spi.StoreException;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * What a failure means, and how it is told. The driver's own words may quote data, so they stay in
 * the cause.
 *
 * @param decisive of the failures that hang together, the one that says what is wrong
 */
record SqlFailure(SQLException decisive, Verdict verdict) {

  private static final int DEEPEST = 16;

  static SqlFailure of(Dialect dialect, SQLException failure) {
    return related(failure)
        .map(each -> new SqlFailure(each, dialect.verdict(each)))
        .filter(each -> each.verdict != Verdict.UNAVAILABLE)
        .findFirst()
        .orElseGet(() -> new SqlFailure(failure, Verdict.UNAVAILABLE));
  }

  /** Of a batch, the first one often says only that it failed. SQLException iterates over both. */
  private static Stream<SQLException> related(SQLException failure) {
    Stream.Builder<SQLException> found = Stream.builder();
    int left = DEEPEST;
    for (Throwable each : failure) {
      if (left-- == 0) {
        break;
      }
      if (each instanceof SQLException sql) {
        found.add(sql);
      }
    }
    return found.build();
  }

  boolean isTaken() {
    return verdict == Verdict.TAKEN;
  }

  boolean isWorthRepeating() {
    return verdict == Verdict.TAKEN || verdict == Verdict.COLLIDED;
  }

  /** For who called, of a transaction of the store. */
  StoreException told(TableNames names, SQLException cause) {
    return switch (verdict) {
      case UNSTORABLE ->
          StoreException.refused(
              "expected values that the database can hold, got: " + reason(), cause);
      case NO_TABLE -> StoreException.unavailable(Schema.missing(names), cause);
      case FORBIDDEN ->
          StoreException.refused(
              "expected the rights to do this, got: "
                  + reason()
                  + ": grant the database's user SELECT, INSERT, UPDATE and DELETE on the tables "
                  + names.table("*")
                  + " (on PostgreSQL also USAGE on their schema)",
              cause);
      case READ_ONLY ->
          StoreException.unavailable(
              "expected a database that can be written to, got: "
                  + reason()
                  + ": point the data source to the primary, and let its connections not be"
                  + " read-only",
              cause);
      case TAKEN, COLLIDED ->
          StoreException.unavailable(
              "expected the transaction to get through, but others got in its way: " + reason(),
              cause);
      case UNAVAILABLE ->
          StoreException.unavailable("expected an answer of the database, got: " + reason(), cause);
    };
  }

  /** As {@link #told}, of a transaction of the host, which won't change while it lasts. */
  StoreException toldInSession(TableNames names, SQLException cause) {
    return switch (verdict) {
      case NO_TABLE ->
          StoreException.refused(
              "expected a session of the store's database and schema, got one without table "
                  + names.table("execution")
                  + ": take the connection from the store's data source, or let both have the same"
                  + " search path",
              cause);
      case READ_ONLY ->
          StoreException.refused(
              "expected a transaction that may write, got: "
                  + reason()
                  + ": begin it without setReadOnly(true)",
              cause);
      default -> told(names, cause);
    };
  }

  private String reason() {
    return decisive.getClass().getSimpleName()
        + " with SQLState "
        + decisive.getSQLState()
        + ", code "
        + decisive.getErrorCode();
  }
}
