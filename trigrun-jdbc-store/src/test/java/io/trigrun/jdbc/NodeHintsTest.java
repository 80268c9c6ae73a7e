package io.trigrun.jdbc;

import static io.trigrun.jdbc.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.Trigger;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Subscription;
import io.trigrun.spi.WriteSet;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two stores on one PostgreSQL, as two nodes have them, tell each other of what they store. */
@Timeout(60)
class NodeHintsTest {

  private static final Instant LISTENS = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("2001-01-01T00:00:00Z");

  private final TestDatabase database = TestServer.POSTGRESQL.create();
  private final DataSource pool = database.dataSource();
  private final JdbcJobStore here = TestDatabases.store(pool);
  private final JdbcJobStore there = TestDatabases.store(pool);
  private final BlockingQueue<Instant> heardHere = new LinkedBlockingQueue<>();
  private final BlockingQueue<Instant> heardThere = new LinkedBlockingQueue<>();

  @SuppressWarnings("NullAway.Init")
  private Subscription listensHere;

  @SuppressWarnings("NullAway.Init")
  private Subscription listensThere;

  @BeforeEach
  void listen() throws InterruptedException {
    listensHere = here.subscribe(heardHere::add);
    listensThere = there.subscribe(heardThere::add);
    assertThat(next(heardHere)).isEqualTo(LISTENS);
    assertThat(next(heardThere)).isEqualTo(LISTENS);
  }

  @AfterEach
  void close() {
    listensHere.close();
    listensThere.close();
    here.close();
    there.close();
    assertThat(database.activeConnections()).isZero();
    database.close();
  }

  private static Instant next(BlockingQueue<Instant> heard) throws InterruptedException {
    Instant hint = heard.poll(20, TimeUnit.SECONDS);
    assertThat(hint).as("a hint").isNotNull();
    return hint;
  }

  private static WriteSet due(Instant due) {
    return Samples.enqueue(
        new NewExecution(
            UUID.randomUUID(),
            "workspace",
            "queue",
            "handler",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Trigger.ENQUEUE,
            Samples.execution().priority(),
            due,
            due,
            due,
            Optional.empty(),
            Optional.empty(),
            "{}"));
  }

  /** What is heard until a last write is, which each node stores and so tells the other. */
  private void assertNothingElseIsHeard() throws InterruptedException {
    here.write(due(LAST));
    assertThat(next(heardThere)).isEqualTo(LAST);
    assertThat(next(heardHere)).isEqualTo(LAST);
    there.write(due(LAST.plusSeconds(1)));
    assertThat(next(heardHere)).isEqualTo(LAST.plusSeconds(1));
    assertThat(next(heardThere)).isEqualTo(LAST.plusSeconds(1));
    assertThat(heardHere).isEmpty();
    assertThat(heardThere).isEmpty();
  }

  private Connection begin() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Ends the sessions of those who listen, and says how many there were. */
  private int killListeners() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet killed =
            statement.executeQuery(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE query LIKE 'LISTEN%' AND datname = current_database()")) {
      killed.next();
      return killed.getInt(1);
    }
  }

  @Test
  void a_write_is_told_once_to_its_own_node_and_once_to_the_other() throws Exception {
    here.write(due(NOW));
    assertThat(next(heardThere)).isEqualTo(NOW);
    assertThat(next(heardHere)).isEqualTo(NOW);
    assertNothingElseIsHeard();
  }

  @Test
  void many_writes_are_told_seldom_and_none_is_forgotten() throws Exception {
    for (int i = 0; i < 500; i++) {
      here.write(due(NOW.minusSeconds(i)));
    }
    int hints = 0;
    Instant earliest = NOW;
    while (earliest.isAfter(NOW.minusSeconds(499))) {
      Instant hint = next(heardThere);
      earliest = hint.isBefore(earliest) ? hint : earliest;
      hints++;
    }
    assertThat(hints).isLessThan(400);
  }

  @Test
  void a_transaction_of_the_host_is_told_to_both_by_its_commit() throws Exception {
    try (Connection host = begin()) {
      here.write(JdbcSession.of(host), due(NOW));
      here.write(JdbcSession.of(host), due(NOW.plusMillis(1)));
      assertNothingElseIsHeard();
      host.commit();
    }
    Instant moment = NOW.truncatedTo(ChronoUnit.SECONDS);
    assertThat(next(heardThere)).isEqualTo(moment);
    assertThat(next(heardHere)).isEqualTo(moment);
    assertNothingElseIsHeard();
  }

  @Test
  void what_is_rolled_back_is_not_told() throws Exception {
    try (Connection host = begin()) {
      here.write(JdbcSession.of(host), due(NOW));
      host.rollback();
      Savepoint savepoint = host.setSavepoint();
      here.write(JdbcSession.of(host), due(NOW));
      host.rollback(savepoint);
      host.commit();
    }
    assertNothingElseIsHeard();
  }

  @Test
  void a_lost_connection_is_replaced_and_what_was_missed_is_looked_for() throws Exception {
    assertThat(killListeners()).isEqualTo(2);
    assertThat(next(heardHere)).isEqualTo(LISTENS);
    assertThat(next(heardThere)).isEqualTo(LISTENS);
    here.write(due(NOW));
    assertThat(next(heardThere)).isEqualTo(NOW);
    assertThat(next(heardHere)).isEqualTo(NOW);
    assertNothingElseIsHeard();
  }

  @Test
  void what_strangers_send_on_the_channel_is_ignored() throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String payload : new String[] {"", "x", "x y", "host "}) {
        statement.execute(
            "SELECT pg_notify('trigrun_' || 'trigrun_execution'::regclass::oid, '"
                + payload
                + "')");
      }
    }
    assertNothingElseIsHeard();
  }

  @Test
  void stores_with_other_tables_are_not_told_and_those_that_name_the_schema_are() throws Exception {
    try (JobStore other = JdbcJobStore.builder(pool).tablePrefix("app_").migrate(true).open();
        JobStore same = JdbcJobStore.builder(pool).schema("public").open()) {
      other.write(due(NOW));
      assertNothingElseIsHeard();
      same.write(due(NOW));
      assertThat(next(heardHere)).isEqualTo(NOW);
      assertThat(next(heardThere)).isEqualTo(NOW);
    }
    assertNothingElseIsHeard();
  }

  @Test
  void a_store_listens_while_somebody_wants_to_know() throws Exception {
    assertThat(database.activeConnections()).isEqualTo(2);
    Subscription second = here.subscribe(due -> {});
    listensHere.close();
    listensHere.close();
    assertThat(database.activeConnections()).isEqualTo(2);
    second.close();
    assertThat(database.activeConnections()).isEqualTo(1);
    listensHere = here.subscribe(heardHere::add);
    assertThat(next(heardHere)).isEqualTo(LISTENS);
    assertNothingElseIsHeard();
  }

  @Test
  void a_store_that_is_told_not_to_neither_listens_nor_tells() throws Exception {
    BlockingQueue<Instant> heard = new LinkedBlockingQueue<>();
    try (JobStore alone = JdbcJobStore.builder(pool).listen(false).open()) {
      alone.subscribe(heard::add);
      assertThat(database.activeConnections()).isEqualTo(2);
      alone.write(due(NOW));
      assertThat(next(heard)).isEqualTo(NOW);
      try (Connection host = begin()) {
        alone.write(JdbcSession.of(host), due(NOW));
        host.commit();
      }
    }
    assertNothingElseIsHeard();
    assertThat(heard).isEmpty();
  }

  @Test
  void connections_of_another_driver_are_given_back_at_once() throws Exception {
    DataSource foreign =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> opaque((Connection) method.invoke(pool, arguments)));
    BlockingQueue<Instant> heard = new LinkedBlockingQueue<>();
    try (JobStore store = JdbcJobStore.open(foreign)) {
      store.subscribe(heard::add).close();
      Subscription again = store.subscribe(heard::add);
      store.write(due(NOW));
      assertThat(next(heard)).isEqualTo(NOW);
      assertThat(next(heardHere)).isEqualTo(NOW);
      assertThat(next(heardThere)).isEqualTo(NOW);
      again.close();
    }
    assertThat(heard).isEmpty();
  }

  /** A connection that hides what it wraps. */
  private static Connection opaque(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            NodeHintsTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) ->
                method.getName().equals("isWrapperFor")
                    ? (Object) false
                    : method.invoke(connection, arguments));
  }

  @Test
  void a_pool_that_can_spare_no_connection_gets_it_back() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250);
    config.setAutoCommit(false);
    BlockingQueue<Instant> heard = new LinkedBlockingQueue<>();
    try (HikariDataSource narrow = new HikariDataSource(config);
        JobStore store = JdbcJobStore.open(narrow)) {
      store.subscribe(heard::add);
      assertThat(next(heard)).isEqualTo(LISTENS);
      assertThat(writes(store)).isFalse();
      while (!writes(store)) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(next(heard)).isEqualTo(NOW);
    }
    heardHere.clear();
    heardThere.clear();
  }

  private static boolean writes(JobStore store) {
    try {
      store.write(due(NOW));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }
}
