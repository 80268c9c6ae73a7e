package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.WriteSet;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a store on a server says when it can't work, and whether it says to try again. */
@Timeout(60)
abstract class StoreFailureTexts {

  private final TestServer server;
  private final TestDatabase database;
  private final JdbcJobStore store;

  StoreFailureTexts(TestServer server) {
    this.server = server;
    database = server.create();
    store = JdbcJobStore.builder(database.dataSource()).migrate(true).listen(false).open();
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  final TestDatabase database() {
    return database;
  }

  final JdbcJobStore store() {
    return store;
  }

  final HikariDataSource pool(int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(250);
    return new HikariDataSource(config);
  }

  static void assertFails(JdbcJobStore on, WriteSet writes, boolean retryable, String... words) {
    assertThatThrownBy(() -> on.write(writes))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.isRetryable()).isEqualTo(retryable))
        .hasMessageContainingAll(words);
  }

  @Test
  void a_pool_that_is_empty_or_closed_is_told_in_its_own_words() throws Exception {
    HikariDataSource narrow = pool(1);
    JdbcJobStore here = JdbcJobStore.builder(narrow).listen(false).open();
    try (Connection last = narrow.getConnection()) {
      assertThat(last.isValid(1)).isTrue();
      assertFails(here, Samples.enqueue(1), true, "expected a connection", "request timed out");
    }
    narrow.close();
    assertFails(here, Samples.enqueue(1), true, "has been closed");
  }

  @Test
  void a_session_of_another_database_of_the_server_is_refused() throws Exception {
    try (TestDatabase other = server.create();
        Connection connection = other.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      JdbcSession session = JdbcSession.of(connection);
      assertThatThrownBy(() -> store.write(session, Samples.enqueue(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a session of the store's database");
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void a_transaction_of_the_host_that_is_read_only_is_refused_for_good() throws Exception {
    try (HikariDataSource pool = pool(1);
        Connection connection = pool.getConnection()) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      JdbcSession session = JdbcSession.of(connection);
      assertThatThrownBy(() -> store.write(session, Samples.enqueue(1)))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("setReadOnly(true)");
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void a_pool_of_serializable_connections_works_in_a_crowd() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(16);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (HikariDataSource strict = new HikariDataSource(config)) {
      JdbcJobStore crowded = JdbcJobStore.builder(strict).listen(false).open();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        done.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 10; round++) {
                    crowded.write(Samples.enqueue(5));
                    Samples.claim(crowded, 5)
                        .executions()
                        .forEach(each -> crowded.apply(List.of(Samples.success(each))));
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      try (Connection connection = strict.getConnection()) {
        assertThat(connection.getTransactionIsolation())
            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
