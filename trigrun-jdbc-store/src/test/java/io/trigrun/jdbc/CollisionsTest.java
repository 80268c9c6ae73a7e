package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions that get in each other's way many times in a row. */
@Timeout(30)
class CollisionsTest {

  private final JdbcConnectionPool pool = TestDatabases.inMemory();
  private final AtomicInteger collisions = new AtomicInteger();
  private final JdbcJobStore store = TestDatabases.store(colliding());

  @AfterEach
  void dispose() {
    pool.dispose();
  }

  /** A data source whose transactions are serialization failures for as often as wanted. */
  private DataSource colliding() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> collides(pool.getConnection()));
  }

  private Connection collides(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  && collisions.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("could not serialize access", "40001");
              }
              return call(connection, method, arguments);
            });
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void some_dozens_of_them_are_gone_through() {
    collisions.set(35);
    assertThat(store.write(Samples.enqueue(1))).isInstanceOf(WriteResult.Stored.class);
    assertThat(collisions).hasValue(0);
  }

  @Test
  void without_an_end_they_are_told_and_are_worth_another_try_later() {
    collisions.set(Integer.MAX_VALUE);
    assertThatThrownBy(() -> store.write(Samples.enqueue(1)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isTrue())
        .hasMessageContaining("others got in its way")
        .hasMessageContaining("40001");
  }
}
