package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.servers.TestServer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresqlFailureTextsTest extends StoreFailureTexts {

  PostgresqlFailureTextsTest() {
    super(TestServer.POSTGRESQL);
  }

  @Test
  void a_user_without_the_rights_hears_which_it_needs() throws Exception {
    String role = "reader_" + System.nanoTime();
    try (Connection connection = database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + role);
      statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(database().url());
      config.setConnectionInitSql("SET ROLE " + role);
      try (HikariDataSource readers = new HikariDataSource(config)) {
        JdbcJobStore reading = JdbcJobStore.builder(readers).listen(false).open();
        assertFails(
            reading, Samples.enqueue(1), false, "42501", "grant the database's user SELECT");
      }
      statement.execute("DROP OWNED BY " + role);
      statement.execute("DROP ROLE " + role);
    }
  }

  @Test
  void a_database_that_takes_no_writes_may_take_them_again() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database().url());
    config.setConnectionInitSql("SET default_transaction_read_only = on");
    try (HikariDataSource readers = new HikariDataSource(config)) {
      JdbcJobStore reading = JdbcJobStore.builder(readers).listen(false).open();
      assertFails(reading, Samples.enqueue(1), true, "25006", "primary");
    }
  }

  @Test
  void single_statements_too_run_at_read_committed_whatever_the_pool_says() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database().url());
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    Set<Integer> levels = ConcurrentHashMap.newKeySet();
    try (HikariDataSource strict = new HikariDataSource(config)) {
      DataSource watched =
          (DataSource)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {DataSource.class},
                  (self, method, arguments) -> watched(strict.getConnection(), levels));
      JdbcJobStore here = JdbcJobStore.builder(watched).listen(false).open();
      levels.clear();
      here.write(Samples.enqueue(5));
      here.apply(
          Samples.claim(here, 5).executions().stream().limit(1).map(Samples::success).toList());
      here.apply(
          Samples.claim(here, 5).executions().stream().limit(2).map(Samples::success).toList());
      assertThat(levels).containsExactly(Connection.TRANSACTION_READ_COMMITTED);
      try (Connection connection = strict.getConnection()) {
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      }
    }
  }

  private static Connection watched(Connection connection, Set<Integer> levels) {
    return (Connection)
        Proxy.newProxyInstance(
            PostgresqlFailureTextsTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().startsWith("prepare")) {
                levels.add(connection.getTransactionIsolation());
              }
              return method.invoke(connection, arguments);
            });
  }
}
