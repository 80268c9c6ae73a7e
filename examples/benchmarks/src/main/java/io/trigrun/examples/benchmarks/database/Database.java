package io.trigrun.examples.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A database of a {@link PostgresServer}, dropped when it is closed. */
public final class Database implements AutoCloseable {

  private static final int CONNECTIONS = 20;
  private static final int TRIES = 2_000;

  private static final String CLIENTS =
      "select count(*) from pg_stat_activity where backend_type = 'client backend' and datname = ?";
  private static final String COMMITS =
      "select xact_commit from pg_stat_database where datname = ?";
  private static final String STATEMENTS =
      """
      select coalesce(sum(s.calls), 0)
      from pg_stat_statements s join pg_database d on d.oid = s.dbid
      where d.datname = ? and s.query !~* '^(begin|commit|rollback)'
      """;

  private static final String WRITTEN =
      "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint where ? <> ''";
  private static final String HEAP_ONLY =
      """
      select n_tup_hot_upd::float8 / greatest(n_tup_upd, 1) from pg_stat_user_tables
      where relname = '%s'
      """;

  private final PostgresServer server;
  private final String name;

  Database(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public String url() {
    return server.url(name);
  }

  public int port() {
    return server.port();
  }

  /** A pool as every node of every engine gets one. */
  public HikariDataSource pool() {
    return pool(url());
  }

  /** As {@link #pool()}, for a process that only knows the database's URL. */
  public static HikariDataSource pool(String url) {
    return pool(url, CONNECTIONS);
  }

  static HikariDataSource pool(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  /** Leaves no upkeep of what was loaded to the measurement: vacuum, statistics, checkpoint. */
  public void settle() throws SQLException {
    try (HikariDataSource pool = pool(url(), 1);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum (analyze)");
      statement.execute("checkpoint");
    }
  }

  /** How many transactions were committed so far. Waits until all clients have gone. */
  public long commits() throws SQLException {
    awaitNoClients(); // a connection reports when it ends, or seconds later
    return server.ask(COMMITS, name);
  }

  /** As {@link #commits}, while clients are there: each may keep a second of it to itself. */
  public long transactions() throws SQLException {
    return server.ask(COMMITS, name);
  }

  /** How many statements were executed so far, if the server counts them. */
  public long statements() throws SQLException {
    return server.ask(STATEMENTS, name);
  }

  /** How many bytes the server has written to its write-ahead log so far. */
  public long written() throws SQLException {
    return server.ask(WRITTEN, name);
  }

  /** The share of a table's updates that changed no index. Waits until all clients have gone. */
  public double heapOnlyUpdates(String table) throws SQLException {
    awaitNoClients();
    try (HikariDataSource pool = pool(url(), 1);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HEAP_ONLY.formatted(table))) {
      rows.next();
      return rows.getDouble(1);
    }
  }

  void awaitNoClients() throws SQLException {
    for (int i = 0; i < TRIES; i++) {
      if (server.ask(CLIENTS, name) == 0) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    throw new IllegalStateException("expected no client of " + name + " any more, got some");
  }

  @Override
  public void close() throws SQLException {
    server.execute("drop database if exists " + name + " with (force)");
  }
}
