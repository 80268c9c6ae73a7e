package io.trigrun.examples.benchmarks.database;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of our own, as durable as it is by default: the library that starts it turns
 * that off for tests, so it is turned on again and checked.
 */
public final class PostgresServer implements AutoCloseable {

  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final EmbeddedPostgres postgres;
  private final HikariDataSource control;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.control = Database.pool(url("postgres"), 1);
  }

  /**
   * Starts it.
   *
   * @param countStatements whether it counts them, which costs every engine a little
   */
  public static PostgresServer start(boolean countStatements) throws IOException, SQLException {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
    if (countStatements) {
      builder.setServerConfig("shared_preload_libraries", "pg_stat_statements");
    }
    PostgresServer server = new PostgresServer(builder.start());
    try {
      server.requireDurability();
      if (countStatements) {
        server.execute("create extension pg_stat_statements");
      }
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private void requireDurability() throws SQLException {
    for (String setting : DURABLE) {
      String value = show(setting);
      if (!value.equals("on")) {
        throw new IllegalStateException(
            "expected PostgreSQL with " + setting + " on, got " + value);
      }
    }
  }

  /** A setting's value. */
  public String show(String setting) throws SQLException {
    try (Connection connection = control.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** An empty database. */
  public Database create() throws SQLException {
    String name = nextName();
    execute("create database " + name);
    return new Database(this, name);
  }

  /** A database with what is in another one, to which nobody may be connected. */
  public Database copyOf(Database original) throws SQLException {
    String name = nextName();
    original.awaitNoClients();
    execute("create database " + name + " template " + original.name());
    return new Database(this, name);
  }

  private String nextName() {
    return "bench_" + databases.incrementAndGet();
  }

  int port() {
    return postgres.getPort();
  }

  String url(String database) {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database + "?user=postgres";
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = control.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A number that a query about a database answers; its one parameter is the database's name. */
  long ask(String sql, String database) throws SQLException {
    try (Connection connection = control.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Override
  public void close() throws IOException {
    control.close();
    postgres.close();
  }
}
