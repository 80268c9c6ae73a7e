package io.trigrun.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database of its own for a test, with a pool as hosts have one. Gone when it is closed. */
public final class TestDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 32;

  private final Server server;
  private final String name;
  private final HikariDataSource pool;

  private TestDatabase(Server server, String name, HikariDataSource pool) {
    this.server = server;
    this.name = name;
    this.pool = pool;
  }

  static TestDatabase create(Server server, String name) {
    String taken;
    try {
      taken = server.take(name);
    } catch (SQLException e) {
      throw new IllegalStateException("expected to create a database, could not", e);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.url(taken));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    return new TestDatabase(server, taken, new HikariDataSource(config));
  }

  public DataSource dataSource() {
    return pool;
  }

  /** Its JDBC address, with user and password, for tests that bring a pool of their own. */
  public String url() {
    return server.url(name);
  }

  /** The connections that nobody has given back yet. */
  public int activeConnections() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    pool.close();
    try {
      server.giveBack(name);
    } catch (SQLException e) {
      throw new IllegalStateException("expected to drop the database of a test, could not", e);
    }
  }
}
