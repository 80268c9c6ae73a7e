package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Enqueues with keys share statements, but not the wait for somebody's transaction. */
class PostgresqlHeldUpKeysTest {

  private static final String WAITING =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
      """;

  private final TestDatabase database = TestServer.POSTGRESQL.create();
  private final JobStore store =
      JdbcJobStore.builder(database.dataSource()).migrate(true).listen(false).open(database::close);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void who_waits_for_the_key_of_a_transaction_of_the_host_holds_up_nobody_else() throws Exception {
    NewExecution first = Samples.keeping("taken");
    try (Connection host = database.dataSource().getConnection();
        Connection onlooker = database.dataSource().getConnection()) {
      host.setAutoCommit(false);
      store.write(JdbcSession.of(host), Samples.enqueue(first));
      List<Future<Enqueued>> waiting = enqueue(4, number -> Samples.keeping("taken"));
      while (waitingForLocks(onlooker) < 3) {
        Thread.onSpinWait();
      }

      List<Future<Enqueued>> others = enqueue(12, number -> Samples.keeping("free" + number));

      for (Future<Enqueued> other : others) {
        assertThat(other.get(30, TimeUnit.SECONDS).duplicate()).isFalse();
      }
      assertThat(waiting).noneMatch(Future::isDone);
      host.commit();
      for (Future<Enqueued> one : waiting) {
        assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(new Enqueued(first.id(), true));
      }
    }
  }

  private List<Future<Enqueued>> enqueue(int count, IntFunction<NewExecution> execution) {
    return IntStream.range(0, count)
        .mapToObj(number -> threads.submit(() -> enqueued(execution.apply(number))))
        .toList();
  }

  private Enqueued enqueued(NewExecution execution) {
    return ((WriteResult.Stored) store.write(Samples.enqueue(execution))).enqueued().get(0);
  }

  private static long waitingForLocks(Connection onlooker) throws SQLException {
    try (Statement statement = onlooker.createStatement();
        ResultSet rows = statement.executeQuery(WAITING)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
