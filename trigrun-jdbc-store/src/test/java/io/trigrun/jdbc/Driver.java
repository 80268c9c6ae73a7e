package io.trigrun.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that stands between store and database: it counts what is executed, says nothing of
 * how many rows a batch changed, and loses the acknowledgement of a commit when told to.
 */
final class Driver {

  private final DataSource real;
  private final List<String> executed = new CopyOnWriteArrayList<>();
  private final AtomicBoolean loseNextCommit = new AtomicBoolean();
  private final AtomicBoolean down = new AtomicBoolean();

  Driver(DataSource real) {
    this.real = real;
  }

  DataSource dataSource() {
    return proxy(DataSource.class, this::onDataSource);
  }

  /** The next commit takes effect, but its caller hears of a broken connection. */
  void loseNextAcknowledgement() {
    loseNextCommit.set(true);
  }

  /** Nobody gets a connection while it is down. */
  void down(boolean value) {
    down.set(value);
  }

  /** What was executed, the first line of each, since the last call. */
  List<String> executed() {
    List<String> all = List.copyOf(executed);
    executed.clear();
    return all;
  }

  private @Nullable Object onDataSource(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (down.get()) {
      throw new SQLException("nobody there", "08001");
    }
    Object answer = call(real, method, arguments);
    return answer instanceof Connection connection
        ? proxy(Connection.class, (p, m, a) -> onConnection(connection, m, a))
        : answer;
  }

  private @Nullable Object onConnection(
      Connection connection, Method method, Object @Nullable [] arguments) throws Throwable {
    Object answer = call(connection, method, arguments);
    if (method.getName().equals("commit") && loseNextCommit.compareAndSet(true, false)) {
      throw new SQLException("the connection broke after the commit", "08007");
    }
    if (answer instanceof PreparedStatement statement && arguments != null) {
      String sql = String.valueOf(arguments[0]).lines().findFirst().orElse("");
      return proxy(PreparedStatement.class, (p, m, a) -> onStatement(statement, sql, m, a));
    }
    return answer;
  }

  private @Nullable Object onStatement(
      PreparedStatement statement, String sql, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object answer = call(statement, method, arguments);
    if (method.getName().startsWith("execute")) {
      executed.add(sql);
    }
    if (answer instanceof int[] counts) {
      Arrays.fill(counts, Statement.SUCCESS_NO_INFO);
    }
    return answer;
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Driver.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
