package io.trigrun.chaos;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections fail, as seldom or often as told: when they are opened, before
 * and after a statement, before and after a commit. In autocommit, after the statement is after its
 * commit. A connection that has failed is of no use any more, unless the failure was a deadlock.
 */
final class FaultyDataSource implements DataSource {

  /** Where a fault strikes. */
  enum Site {
    OPEN,
    BEFORE_EXECUTE,
    AFTER_EXECUTE,
    DEADLOCK,
    SERIALIZATION,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private final DataSource real;
  private final Random random;
  private final Map<Site, AtomicInteger> faults = new EnumMap<>(Site.class);
  private volatile double probability;

  FaultyDataSource(DataSource real, Seed seed, double probability) {
    this.real = real;
    this.random = seed.random();
    this.probability = probability;
    for (Site site : Site.values()) {
      faults.put(site, new AtomicInteger());
    }
  }

  /** From now on everything works. */
  void mend() {
    probability = 0;
  }

  /** From now on nothing works. */
  void cut() {
    probability = 1;
  }

  int faults(Site site) {
    AtomicInteger count = faults.get(site);
    return count == null ? 0 : count.get();
  }

  private boolean strikes(Site site) {
    if (probability == 0) {
      return false;
    }
    boolean strikes;
    synchronized (random) {
      strikes = random.nextDouble() < probability;
    }
    if (strikes) {
      AtomicInteger count = faults.get(site);
      if (count != null) {
        count.incrementAndGet();
      }
    }
    return strikes;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (strikes(Site.OPEN)) {
      throw new SQLNonTransientConnectionException("refused", "08001");
    }
    Connection connection = real.getConnection();
    return proxy(Connection.class, (self, method, arguments) -> on(connection, method, arguments));
  }

  private @Nullable Object on(
      Connection connection, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    boolean commit = method.getName().equals("commit");
    if (commit && strikes(Site.BEFORE_COMMIT)) {
      throw broken(connection, "before the commit");
    }
    Object answer = call(connection, method, arguments);
    if (commit && strikes(Site.AFTER_COMMIT)) {
      throw broken(connection, "after the commit");
    }
    if (answer instanceof Statement statement) {
      Class<?> type = method.getReturnType();
      return proxy(type, (self, each, values) -> on(connection, statement, each, values));
    }
    return answer;
  }

  private @Nullable Object on(
      Connection connection,
      Statement statement,
      Method method,
      @Nullable Object @Nullable [] arguments)
      throws Throwable {
    boolean execute = method.getName().startsWith("execute");
    if (execute && strikes(Site.BEFORE_EXECUTE)) {
      throw broken(connection, "before the statement");
    }
    if (execute && strikes(Site.DEADLOCK)) {
      throw undone(connection, "deadlock", "40P01");
    }
    if (execute && strikes(Site.SERIALIZATION)) {
      throw undone(connection, "serialization failure", "40001");
    }
    Object answer = call(statement, method, arguments);
    if (execute && strikes(Site.AFTER_EXECUTE)) {
      throw broken(connection, "after the statement");
    }
    return answer;
  }

  /** Nobody hears of the connection any more, and the database notices that. */
  private static SQLException broken(Connection connection, String when) throws SQLException {
    connection.abort(Runnable::run);
    return new SQLNonTransientConnectionException("the connection broke " + when, "08006");
  }

  private static SQLException undone(Connection connection, String why, String state)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    return new SQLTransactionRollbackException(why, state);
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            FaultyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return real.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter writer) throws SQLException {
    real.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    real.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return real.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return real.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return real.isWrapperFor(type);
  }
}
