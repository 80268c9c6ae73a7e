package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Json;
import io.trigrun.StoreSession;
import io.trigrun.TrigRun;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSessionTest {

  private final JdbcConnectionPool pool = TestDatabases.inMemory();
  private final JobStore store = TestDatabases.store(pool);
  private final NewExecution execution = Samples.execution();

  @BeforeEach
  void the_host_has_a_table() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orders (id INTEGER)");
    }
  }

  @AfterEach
  void every_connection_is_given_back() {
    assertThat(pool.getActiveConnections()).isZero();
    pool.dispose();
  }

  @Test
  void what_the_host_rolls_back_never_was() throws SQLException {
    try (Connection connection = hostTransaction()) {
      store.write(JdbcSession.of(connection), Samples.enqueue(execution));
      connection.rollback();
    }
    assertThat(store.findExecutions(List.of(execution.id()))).isEmpty();
    assertThat(store.write(Samples.enqueue(execution))).isInstanceOf(WriteResult.Stored.class);
  }

  @Test
  void what_the_host_commits_is_seen_then_and_not_before() throws SQLException {
    try (Connection connection = hostTransaction()) {
      store.write(JdbcSession.of(connection), Samples.enqueue(execution));
      assertThat(store.findExecutions(List.of(execution.id()))).isEmpty();
      assertThat(Samples.claim(store, 1).executions()).isEmpty();
      connection.commit();
    }
    assertThat(Samples.claim(store, 1).executions()).hasSize(1);
  }

  @Test
  void a_refused_write_leaves_the_transaction_as_it_was() throws SQLException {
    store.write(WriteSet.save(Samples.definition("taken")));
    try (Connection connection = hostTransaction()) {
      WriteSet fresh = WriteSet.save(Samples.definition("fresh"));
      WriteSet refused =
          fresh
              .plus(WriteSet.save(Samples.definition("taken")))
              .plus(Samples.enqueue(Samples.execution()));
      assertThat(store.write(JdbcSession.of(connection), refused))
          .isInstanceOf(WriteResult.Refused.class);
      insertOrder(connection);
      store.write(JdbcSession.of(connection), Samples.enqueue(execution));
      connection.commit();
    }
    assertThat(store.findDefinitionByName("workspace", "kind", "fresh")).isEmpty();
    assertThat(store.findExecutions(List.of(execution.id()))).hasSize(1);
    assertThat(store.revision()).isEqualTo(1);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void a_failed_write_leaves_the_transaction_as_it_was() throws SQLException {
    TestDatabases.limitTexts(pool);
    try (Connection connection = hostTransaction()) {
      insertOrder(connection);
      WriteSet unstorable =
          Samples.enqueue(Samples.execution(), Samples.execution("x".repeat(101)));
      assertThatThrownBy(() -> store.write(JdbcSession.of(connection), unstorable))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse());
      store.write(JdbcSession.of(connection), Samples.enqueue(execution));
      connection.commit();
    }
    assertThat(orders()).isEqualTo(1);
    assertThat(Samples.claim(store, 9).executions()).hasSize(1);
  }

  @Test
  void enqueuing_the_same_again_within_a_transaction_changes_nothing() throws SQLException {
    WriteResult first = store.write(Samples.enqueue(execution));
    try (Connection connection = hostTransaction()) {
      JdbcSession session = JdbcSession.of(connection);
      assertThat(store.write(session, Samples.enqueue(execution))).isEqualTo(first);
      assertThat(store.write(session, Samples.enqueue(execution))).isEqualTo(first);
      connection.commit();
    }
    assertThat(Samples.claim(store, 9).executions()).hasSize(1);
  }

  @Test
  void the_settings_of_the_connection_stay() throws SQLException {
    try (Connection connection = hostTransaction()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      store.write(JdbcSession.of(connection), Samples.enqueue(execution));
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.isClosed()).isFalse();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  @Test
  void a_transition_holds_when_the_host_commits_and_not_before() throws SQLException {
    ClaimedExecution claimed = running();
    NewExecution next = Samples.execution();
    Transition success = Samples.success(claimed).with(Samples.enqueue(next));
    try (Connection connection = hostTransaction()) {
      insertOrder(connection);
      assertThat(store.apply(JdbcSession.of(connection), List.of(success)))
          .hasOnlyElementsOfType(Applied.Done.class);
      assertThat(stateOf(claimed)).isEqualTo(ExecutionState.RUNNING);
      connection.commit();
    }
    assertThat(stateOf(claimed)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(store.findExecutions(List.of(next.id()))).hasSize(1);
    assertThat(store.attempts(claimed.execution().id())).hasSize(1);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void a_transition_that_the_host_rolled_back_never_was_and_another_takes_effect()
      throws SQLException {
    ClaimedExecution claimed = running();
    NewExecution next = Samples.execution();
    try (Connection connection = hostTransaction()) {
      store.apply(
          JdbcSession.of(connection),
          List.of(Samples.success(claimed).with(Samples.enqueue(next))));
      connection.rollback();
    }
    assertThat(stateOf(claimed)).isEqualTo(ExecutionState.RUNNING);
    assertThat(store.findExecutions(List.of(next.id()))).isEmpty();
    assertThat(store.attempts(claimed.execution().id())).isEmpty();
    assertThat(store.apply(List.of(Samples.success(claimed))))
        .containsExactly(new Applied.Done(List.of()));
    assertThat(stateOf(claimed)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_second_transition_of_a_committed_one_stores_nothing_of_it() throws SQLException {
    ClaimedExecution claimed = running();
    NewExecution late = Samples.execution();
    try (Connection connection = hostTransaction()) {
      store.apply(JdbcSession.of(connection), List.of(Samples.success(claimed)));
      connection.commit();
    }
    assertThat(store.apply(List.of(Samples.success(claimed).with(Samples.enqueue(late)))))
        .hasOnlyElementsOfType(Applied.Done.class);
    assertThat(store.findExecutions(List.of(late.id()))).isEmpty();
    assertThat(store.attempts(claimed.execution().id())).hasSize(1);
  }

  @Test
  void a_stale_lease_changes_nothing_within_a_transaction_either() throws SQLException {
    ClaimedExecution claimed = running();
    UUID id = claimed.execution().id();
    store.write(
        new WriteSet(
            List.of(),
            List.of(),
            List.of(new Cancellation(id, new Failure("CANCELLED", "test"), Samples.NOW))));
    try (Connection connection = hostTransaction()) {
      assertThat(store.apply(JdbcSession.of(connection), List.of(Samples.success(claimed))))
          .containsExactly(new Applied.LeaseLost());
      connection.commit();
    }
    assertThat(stateOf(claimed)).isEqualTo(ExecutionState.CANCELLED);
  }

  @Test
  void nobody_takes_over_what_an_open_transaction_has_ended() throws SQLException {
    ClaimedExecution claimed = running();
    try (Connection connection = hostTransaction()) {
      store.apply(JdbcSession.of(connection), List.of(Samples.success(claimed)));
      Instant late = Samples.NOW.plus(Duration.ofDays(1));
      assertThat(Samples.claim(store, 1, late).executions()).isEmpty();
      connection.commit();
    }
    assertThat(stateOf(claimed)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  private ClaimedExecution running() {
    store.write(Samples.enqueue(execution));
    return Samples.claim(store, 1).executions().get(0);
  }

  private ExecutionState stateOf(ClaimedExecution claimed) {
    return store.findExecutions(List.of(claimed.execution().id())).get(0).state();
  }

  @Test
  void a_connection_in_autocommit_mode_is_refused() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      assertThatThrownBy(() -> JdbcSession.of(connection))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setAutoCommit(false)");
      connection.setAutoCommit(false);
      JdbcSession session = JdbcSession.of(connection);
      connection.setAutoCommit(true);
      assertThatThrownBy(() -> store.write(session, Samples.enqueue(execution)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_session_of_another_store_is_refused() {
    StoreSession foreign = new StoreSession() {};
    assertThatThrownBy(() -> store.write(foreign, Samples.enqueue(execution)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JdbcSession.of(connection)");
    Transition success = Samples.success(running());
    assertThatThrownBy(() -> store.apply(foreign, List.of(success)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JdbcSession.of(connection)");
  }

  @Test
  void the_class_of_a_session_of_another_store_is_named_even_if_it_has_no_simple_name() {
    StoreSession foreign = new StoreSession() {};
    assertThatThrownBy(() -> store.write(foreign, Samples.enqueue(execution)))
        .hasMessageEndingWith("got " + foreign.getClass().getName());
  }

  @Test
  void a_closed_connection_is_refused_at_once() throws SQLException {
    Connection connection = hostTransaction();
    JdbcSession session = JdbcSession.of(connection);
    connection.close();
    assertThatThrownBy(() -> JdbcSession.of(connection))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected an open connection, got a closed one");
    assertThatThrownBy(() -> store.write(session, Samples.enqueue(execution)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_session_of_another_database_is_refused() throws SQLException {
    JdbcConnectionPool other = TestDatabases.inMemory();
    try (JobStore elsewhere = TestDatabases.store(other);
        Connection connection = other.getConnection()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> store.write(JdbcSession.of(connection), Samples.enqueue(execution)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected a session of the store's database, H2 ")
          .hasMessageContaining("take the connection from the store's data source");
      assertThat(elsewhere.findExecutions(List.of(execution.id()))).isEmpty();
    } finally {
      other.dispose();
    }
  }

  @Test
  void a_session_without_the_tables_is_refused_for_good() throws SQLException {
    try (Connection connection = hostTransaction();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA empty");
      statement.execute("SET SCHEMA empty");
      assertThatThrownBy(() -> store.write(JdbcSession.of(connection), Samples.enqueue(execution)))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("trigrun_execution")
          .hasMessageContaining("search path");
      statement.execute("SET SCHEMA public");
    }
  }

  @Test
  void a_completion_in_another_schema_says_what_is_wrong() throws SQLException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Connection connection = hostTransaction();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA twin");
      JdbcJobStore.builder(pool).schema("twin").migrate(true).open();
      statement.execute("SET SCHEMA twin");
      TrigRun trigrun =
          TrigRun.builder()
              .store(store)
              .handler(
                  "work",
                  Json.class,
                  (payload, context) ->
                      thrown.set(
                          catchThrowable(() -> context.complete(JdbcSession.of(connection)))))
              .build();
      trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT));
      trigrun.runDue();
      connection.rollback();
      statement.execute("SET SCHEMA public");
    }
    assertThat(thrown.get())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not know execution");
  }

  @Test
  void a_user_without_the_rights_hears_which_it_needs() throws SQLException {
    JdbcJobStore writable = TestDatabases.store(pool);
    try (Connection connection = hostTransaction();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER reader PASSWORD ''");
      statement.execute("GRANT SELECT ON SCHEMA public TO reader");
    }
    JdbcConnectionPool readers = JdbcConnectionPool.create(url(), "reader", "");
    try (JobStore reading = JdbcJobStore.open(readers)) {
      assertThatThrownBy(() -> reading.write(Samples.enqueue(execution)))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("grant the database's user SELECT, INSERT, UPDATE and DELETE");
    } finally {
      readers.dispose();
    }
    assertThat(writable.findExecutions(List.of(execution.id()))).isEmpty();
  }

  private String url() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return connection.getMetaData().getURL();
    }
  }

  private Connection hostTransaction() throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void insertOrder(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO orders VALUES (1)");
    }
  }

  private int orders() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
