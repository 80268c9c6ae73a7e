package io.trigrun.servers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A database of its own for a test, with a pool as hosts have one. What is in it is gone when it is
 * closed, and nobody gets a connection any more.
 */
public final class TestDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 32;

  private final String url;
  private final HikariDataSource pool;
  private final LentDataSource lent;
  private final Ending ending;

  /** What becomes of a database that no test needs any more. */
  interface Ending {
    void end() throws SQLException;
  }

  TestDatabase(String url, HikariDataSource pool, Ending ending) {
    this.url = url;
    this.pool = pool;
    this.lent = new LentDataSource(pool);
    this.ending = ending;
  }

  /** An empty one, which is dropped when it is closed. */
  static TestDatabase create(Server server, String nameIfNew) throws SQLException {
    String name = server.take(nameIfNew);
    HikariDataSource pool = pool(server.url(name));
    return new TestDatabase(
        server.url(name),
        pool,
        () -> {
          pool.close();
          server.giveBack(name);
        });
  }

  static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  public DataSource dataSource() {
    return lent;
  }

  /** Its JDBC address, with user and password, for tests that bring a pool of their own. */
  public String url() {
    return url;
  }

  /** The connections that nobody has given back yet. */
  public int activeConnections() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    lent.end();
    try {
      ending.end();
    } catch (SQLException e) {
      throw new IllegalStateException("expected to empty the database of a test, could not", e);
    }
  }
}
