package io.trigrun.jdbc;

import io.trigrun.jdbc.dialect.Dialect;
import io.trigrun.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Runs blocks of work in transactions: its own, repeated when others got in the way, or the host's,
 * behind a savepoint. Blocks may run several times and must have no effect but on the database.
 */
final class Database {

  /** A block of work. */
  @FunctionalInterface
  interface Work<T> {
    T run(Transaction transaction) throws SQLException;
  }

  /** How often a transaction is tried in any case; each try may have waited for a lock. */
  private static final int TRIES = 10;

  /** How often it is tried while that goes fast. */
  private static final int FAST_TRIES = 40;

  private static final Duration FAST = Duration.ofSeconds(5);

  /** Those who got in each other's way are not to meet again. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(64);

  private static final int UNKNOWN = -1;

  private final DataSource dataSource;
  private final Home home;
  private final Dialect dialect;
  private final TableNames names;
  private final Hints hints;
  private volatile int isolation = UNKNOWN;

  Database(DataSource dataSource, Home home, TableNames names, Hints hints) {
    this.dataSource = dataSource;
    this.home = home;
    this.dialect = home.dialect();
    this.names = names;
    this.hints = hints;
  }

  DataSource dataSource() {
    return dataSource;
  }

  /** Whether {@link Dialect#worksInBulk()}. */
  boolean worksInBulk() {
    return dialect.worksInBulk();
  }

  /** Runs a block in a transaction of its own. */
  <T> T run(Work<T> work) {
    return run(work, false);
  }

  /**
   * Runs a block whose first statement does all there is to do and whose others only read: each is
   * a transaction of its own, which saves the round trips that begin and end one.
   */
  <T> T runStatement(Work<T> work) {
    return run(work, true);
  }

  /**
   * Runs a block that only reads. At this isolation a transaction would give each statement a
   * snapshot of its own all the same, and cost the round trip that ends it.
   */
  <T> T read(Work<T> work) {
    return run(work, true);
  }

  /** Runs a block that begins and ends its transactions by itself. */
  <T> T runUnframed(Work<T> work) {
    return repeatedly(
        (connection, repeat) -> {
          boolean autoCommit = connection.getAutoCommit();
          int isolation = isolation(connection);
          if (!autoCommit) {
            connection.setAutoCommit(true);
          }
          if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          }
          try {
            return inAutoCommit(connection, work, repeat);
          } finally {
            restore(connection, autoCommit, isolation);
          }
        });
  }

  private <T> T run(Work<T> work, boolean isOneStatement) {
    return repeatedly(
        (connection, repeat) ->
            isOneStatement
                    && connection.getAutoCommit()
                    && isolation(connection) == Connection.TRANSACTION_READ_COMMITTED
                ? inAutoCommit(connection, work, repeat)
                : inOwnTransaction(connection, work, repeat));
  }

  /** One try of a block of work. */
  @FunctionalInterface
  private interface Try<T> {
    T run(Connection connection, boolean repeat) throws SQLException;
  }

  private <T> T repeatedly(Try<T> work) {
    boolean repeat = false;
    long began = System.nanoTime();
    for (int tries = 1; ; tries++) {
      try (Connection connection = connect()) {
        return work.run(connection, repeat);
      } catch (SQLException e) {
        SqlFailure failure = SqlFailure.of(dialect, e);
        if (!failure.isWorthRepeating() || isEnough(tries, began)) {
          throw failure.told(names, e);
        }
        repeat |= failure.isTaken();
      }
      pause(tries);
    }
  }

  private static boolean isEnough(int tries, long began) {
    return tries >= TRIES && (tries >= FAST_TRIES || System.nanoTime() - began > FAST.toNanos());
  }

  /** Without a connection, so that others get through meanwhile. */
  private static void pause(int tries) {
    long most = Math.min(LONGEST_PAUSE.toMillis(), 1L << Math.min(tries - 1, 10));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1 + most * 1_000_000));
  }

  /**
   * Runs a block in the host's transaction. Whatever happens, that is as it was or has the whole
   * block in it.
   *
   * @throws IllegalArgumentException if it is a transaction of another database, as far as that can
   *     be told
   */
  <T> T join(Connection connection, Work<T> work) {
    requireHome(connection);
    for (int left = TRIES; ; left--) {
      try {
        // Always looks before it inserts: on H2, others wait without a limit for a row on which an
        // insert of the same transaction has failed.
        return behindSavepoint(connection, work, true);
      } catch (SQLException e) {
        // A deadlock may have cost the host its transaction, so it is not for us to repeat it.
        SqlFailure failure = SqlFailure.of(dialect, e);
        if (left == 1 || !failure.isTaken()) {
          throw failure.toldInSession(names, e);
        }
      }
    }
  }

  private void requireHome(Connection connection) {
    try {
      home.require(connection);
    } catch (SQLException e) {
      throw SqlFailure.of(dialect, e).toldInSession(names, e);
    }
  }

  /** A pool that is closed, or exhausted, says so in its own words. */
  private Connection connect() throws SQLException {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      hints.nobodyGetsAConnection();
      if (e.getSQLState() == null) { // not of a driver, so its words quote no data
        throw StoreException.unavailable("expected a connection, got: " + e.getMessage(), e);
      }
      throw e;
    } catch (RuntimeException e) {
      throw StoreException.unavailable("no connection to be had: " + e.getMessage(), e);
    }
  }

  /** A value that no column can hold is the caller's fault, not an outage. */
  private static <T> T run(Work<T> work, Transaction transaction) throws SQLException {
    try {
      return work.run(transaction);
    } catch (DateTimeException | ArithmeticException e) {
      throw StoreException.refused("a value can't be stored: " + e.getMessage(), e);
    }
  }

  private <T> T inAutoCommit(Connection connection, Work<T> work, boolean repeat)
      throws SQLException {
    Transaction transaction = new Transaction(connection, dialect, names, repeat);
    T result = run(work, transaction);
    transaction.earliestDue().ifPresent(hints::stored);
    return result;
  }

  /** Asked once, because it may cost a round trip: the connections of a pool begin alike. */
  private int isolation(Connection connection) throws SQLException {
    if (isolation == UNKNOWN) {
      isolation = connection.getTransactionIsolation();
    }
    return isolation;
  }

  private <T> T inOwnTransaction(Connection connection, Work<T> work, boolean repeat)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    int isolation = isolation(connection);
    if (autoCommit) {
      connection.setAutoCommit(false);
    }
    // What is read after a lock was granted must be what its last holder committed.
    if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
    boolean committed = false;
    try {
      Transaction transaction = new Transaction(connection, dialect, names, repeat);
      T result = run(work, transaction);
      if (!transaction.isUndone()) {
        connection.commit();
        committed = true;
        transaction.earliestDue().ifPresent(hints::stored);
      }
      return result;
    } finally {
      restore(connection, committed, autoCommit, isolation);
    }
  }

  private static void restore(Connection connection, boolean autoCommit, int isolation) {
    try {
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(isolation);
      }
      if (!autoCommit) {
        connection.setAutoCommit(false);
      }
    } catch (SQLException ignored) {
      // The failure that led here, or the answer that is already durable, says more.
    }
  }

  /** Leaves a connection as the pool gave it. A broken one is the pool's to find out. */
  private static void restore(
      Connection connection, boolean committed, boolean autoCommit, int isolation) {
    try {
      if (!committed) {
        connection.rollback();
      }
      if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
        connection.setTransactionIsolation(isolation);
      }
      if (autoCommit) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException ignored) {
      // The failure that led here, or the answer that is already durable, says more.
    }
  }

  private <T> T behindSavepoint(Connection connection, Work<T> work, boolean repeat)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    boolean done = false;
    try {
      Transaction transaction = new Transaction(connection, dialect, names, repeat);
      T result = run(work, transaction);
      hints.join(transaction);
      done = !transaction.isUndone();
      return result;
    } finally {
      if (done) {
        connection.releaseSavepoint(before);
      } else {
        rollBackTo(connection, before);
      }
    }
  }

  private static void rollBackTo(Connection connection, Savepoint before) {
    try {
      connection.rollback(before);
    } catch (SQLException ignored) {
      // The database has ended the transaction itself; the failure that led here says why.
    }
  }
}
