package io.trigrun.servers;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool as long as it belongs to a test. What the test leaves running afterwards gets no
 * connection any more, although the pool lives on.
 */
final class LentDataSource implements DataSource {

  private final DataSource pool;
  private volatile boolean over;

  LentDataSource(DataSource pool) {
    this.pool = pool;
  }

  void end() {
    over = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    refuseIfOver();
    Connection connection = pool.getConnection();
    if (over) {
      connection.close();
    }
    refuseIfOver();
    return connection;
  }

  private void refuseIfOver() throws SQLException {
    if (over) {
      throw new SQLException("expected a database in use, this one was closed", "08003");
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return pool.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
    pool.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool.isWrapperFor(type);
  }
}
