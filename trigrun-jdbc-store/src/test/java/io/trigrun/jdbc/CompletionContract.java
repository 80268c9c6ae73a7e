package io.trigrun.jdbc;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.RUNNING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.LeaseLostException;
import io.trigrun.RetryPolicy;
import io.trigrun.StoreSession;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.Trigger;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.JobContext;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.Extension;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.WriteSet;
import io.trigrun.testing.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S21: a handler that completes in a transaction of the host: its rows and the record are one. */
@Timeout(60)
abstract class CompletionContract {

  /** What a handler does in a transaction; {@code order} inserts the row that counts. */
  @FunctionalInterface
  interface Work {
    Outcome run(Connection connection, JobContext context) throws Exception;
  }

  /** What nobody can do anything about. */
  private static final class Dead extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  private final List<TrigRunEvent> events = new ArrayList<>();
  private final List<AttemptEnd> planned = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private JdbcJobStore store;

  /** An empty database of the kind under test, the same at each call. */
  abstract DataSource dataSource();

  @BeforeEach
  void the_host_has_a_table() throws SQLException {
    store = TestDatabases.store(dataSource());
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orders (id INTEGER)");
    }
  }

  private TrigRunBuilder node(JobStore on, Work work) {
    OutcomeHandler<Json> handler =
        (payload, context) -> {
          try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
              return work.run(connection, context);
            } finally {
              connection.rollback();
              connection.setAutoCommit(true);
            }
          }
        };
    return TrigRun.builder()
        .store(on)
        .clock(clock)
        .listener(events::add)
        .extension(host -> new Extension.Contribution(List.of(), List.of(this::follow)))
        .outcomeHandler(
            "work",
            Json.class,
            RetryPolicy.attempts(3).withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(1))),
            "default",
            handler)
        .outcomeHandler("after", Json.class, (payload, context) -> Outcome.succeeded());
  }

  private TrigRun node(Work work) {
    return node(store, work).build();
  }

  /** What follows from each success of the handler under test. */
  private WriteSet follow(AttemptEnd end) {
    if (!end.execution().handler().equals("work")) {
      return WriteSet.empty();
    }
    planned.add(end);
    return end.isFinal() ? Samples.enqueue(after(end.execution())) : WriteSet.empty();
  }

  private static NewExecution after(Execution parent) {
    return new NewExecution(
        UUID.randomUUID(),
        parent.workspace(),
        "default",
        "after",
        Optional.empty(),
        Optional.of(parent.id()),
        Optional.empty(),
        Trigger.ENQUEUE,
        parent.priority(),
        parent.createdAt(),
        parent.createdAt(),
        parent.createdAt(),
        Optional.empty(),
        Optional.empty(),
        "{}");
  }

  private static UUID enqueue(TrigRun trigrun) {
    return trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
  }

  private Execution get(UUID id) {
    return store.findExecutions(List.of(id)).get(0);
  }

  private static void order(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO orders VALUES (1)");
    }
  }

  private int orders() throws SQLException {
    return count("SELECT COUNT(*) FROM orders");
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private long followUps() {
    return store
        .listExecutions(ExecutionQuery.all(TrigRun.DEFAULT_WORKSPACE).limit(100))
        .items()
        .stream()
        .filter(each -> each.handler().equals("after"))
        .count();
  }

  private List<TrigRunEvent.AttemptEnded> ends(UUID id) {
    return events.stream()
        .filter(TrigRunEvent.AttemptEnded.class::isInstance)
        .map(TrigRunEvent.AttemptEnded.class::cast)
        .filter(end -> end.execution().id().equals(id))
        .toList();
  }

  private static Outcome commit(Connection connection, JobContext context) throws SQLException {
    order(connection);
    context.complete(JdbcSession.of(connection), "{\"by\":\"host\"}");
    connection.commit();
    return Outcome.succeeded("{\"by\":\"engine\"}");
  }

  @Test
  void the_hosts_commit_is_the_record_and_what_follows_is_stored_and_told_once() throws Exception {
    TrigRun trigrun = node(CompletionContract::commit);
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
    assertThat(get(id).output()).contains("{\"by\":\"host\"}");
    assertThat(orders()).isEqualTo(1);
    assertThat(store.attempts(id)).hasSize(1);
    assertThat(followUps()).isEqualTo(1);
    assertThat(ends(id)).hasSize(1);
    assertThat(ends(id).get(0).execution().output()).contains("{\"by\":\"host\"}");
    assertThat(trigrun.health().inFlight().values()).allMatch(held -> held == 0);
  }

  @Test
  void a_node_that_dies_after_the_hosts_commit_leaves_one_effect_and_nothing_to_run()
      throws Exception {
    TrigRun dying = node(dies(store), CompletionContract::commit).build();
    UUID id = enqueue(dying);
    assertThatThrownBy(dying::runDue).isInstanceOf(Dead.class);
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);

    clock.advance(Duration.ofHours(1));
    assertThat(node(CompletionContract::commit).runDue().attempts()).as("the follow-up").isOne();
    assertThat(orders()).isEqualTo(1);
    assertThat(followUps()).isEqualTo(1);
  }

  @Test
  void a_node_that_dies_before_the_hosts_commit_leaves_no_effect_and_another_runs_it()
      throws Exception {
    TrigRun dying =
        node(
                dies(store),
                (connection, context) -> {
                  order(connection);
                  context.complete(JdbcSession.of(connection));
                  throw new IllegalStateException("the end of the process");
                })
            .build();
    UUID id = enqueue(dying);
    assertThatThrownBy(dying::runDue).isInstanceOf(Dead.class);
    assertThat(get(id).state()).isEqualTo(RUNNING);
    assertThat(orders()).isZero();

    clock.advance(Duration.ofHours(1));
    node(CompletionContract::commit).runDue();
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
    assertThat(orders()).isEqualTo(1);
    assertThat(followUps()).isEqualTo(1);
  }

  @Test
  void a_rollback_makes_a_success_a_failed_attempt_that_is_made_again() throws Exception {
    TrigRun trigrun =
        node(
            (connection, context) -> {
              if (context.attempt() == 2) {
                return commit(connection, context);
              }
              order(connection);
              context.complete(JdbcSession.of(connection));
              connection.rollback();
              return Outcome.succeeded();
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(get(id).failure().orElseThrow().errorClass()).isEqualTo("ROLLED_BACK");
    assertThat(orders()).isZero();
    clock.advance(Duration.ofMinutes(1));
    trigrun.runDue();
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
    assertThat(orders()).isEqualTo(1);
    assertThat(store.attempts(id)).hasSize(2);
    assertThat(followUps()).isEqualTo(1);
    assertThat(ends(id)).hasSize(2);
  }

  @Test
  void an_exception_after_the_commit_changes_nothing() throws Exception {
    TrigRun trigrun =
        node(
            (connection, context) -> {
              commit(connection, context);
              throw new IllegalStateException("too late");
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    clock.advance(Duration.ofHours(1));
    trigrun.runDue();
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
    assertThat(get(id).failure()).isEmpty();
    assertThat(store.attempts(id)).hasSize(1);
    assertThat(ends(id)).hasSize(1);
    assertThat(ends(id).get(0).execution().state()).isEqualTo(SUCCEEDED);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void another_outcome_counts_only_without_the_commit() throws Exception {
    TrigRun trigrun =
        node(
            (connection, context) -> {
              context.complete(JdbcSession.of(connection));
              if (context.attempt() == 1) {
                connection.rollback();
                return Outcome.failed("NOT_YET", "not yet");
              }
              connection.commit();
              return Outcome.later(clock.instant());
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(get(id).failure().orElseThrow().errorClass()).isEqualTo("NOT_YET");
    clock.advance(Duration.ofMinutes(1));
    trigrun.runDue();
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
    assertThat(followUps()).isEqualTo(1);
  }

  @Test
  void a_second_transaction_is_refused_after_the_first_has_committed() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    TrigRun trigrun =
        node(
            (connection, context) -> {
              commit(connection, context);
              order(connection);
              thrown.add(catchThrowable(() -> context.complete(JdbcSession.of(connection), "2")));
              return Outcome.succeeded();
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(thrown).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(get(id).output()).contains("{\"by\":\"host\"}");
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void a_transaction_that_failed_may_be_tried_again_at_once() throws Exception {
    TrigRun trigrun =
        node(
            (connection, context) -> {
              order(connection);
              context.complete(JdbcSession.of(connection));
              connection.rollback();
              commit(connection, context);
              return Outcome.succeeded();
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
    assertThat(orders()).isEqualTo(1);
    assertThat(followUps()).isEqualTo(1);
    assertThat(store.attempts(id)).hasSize(1);
  }

  @Test
  void the_first_of_two_calls_in_a_transaction_counts() {
    TrigRun trigrun =
        node(
            (connection, context) -> {
              context.complete(JdbcSession.of(connection), "1");
              context.complete(JdbcSession.of(connection), "2");
              connection.commit();
              return Outcome.succeeded("3");
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(get(id).output()).contains("1");
    assertThat(followUps()).isEqualTo(1);
  }

  @Test
  void a_lost_lease_throws_so_that_the_host_rolls_back() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    TrigRun other = node((connection, context) -> Outcome.succeeded());
    TrigRun trigrun =
        node(
            (connection, context) -> {
              assertThat(other.executions().cancel(context.executionId(), "unwanted")).isTrue();
              order(connection);
              thrown.add(catchThrowable(() -> context.complete(JdbcSession.of(connection))));
              return Outcome.succeeded();
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(thrown).singleElement().isInstanceOf(LeaseLostException.class);
    assertThat(get(id).state()).isEqualTo(CANCELLED);
    assertThat(orders()).isZero();
    assertThat(followUps()).isZero();
  }

  @Test
  void a_transaction_that_is_left_open_holds_up_its_own_execution_only() throws Exception {
    CountDownLatch completed = new CountDownLatch(1);
    try (Connection open = dataSource().getConnection();
        TrigRun trigrun =
            TrigRun.builder()
                .store(store)
                .pollInterval(Duration.ofMillis(10))
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, context) -> {
                      context.complete(JdbcSession.of(open));
                      completed.countDown();
                      return Outcome.succeeded();
                    })
                .outcomeHandler("after", Json.class, (payload, context) -> Outcome.succeeded())
                .build()) {
      open.setAutoCommit(false);
      trigrun.start();
      UUID left = enqueue(trigrun);
      assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 20; i++) {
        UUID other = trigrun.enqueue(ExecutionRequest.of("after", Json.EMPTY_OBJECT)).executionId();
        awaitSuccess(other);
      }
      assertThat(get(left).state()).isEqualTo(RUNNING);
      open.commit();
      open.setAutoCommit(true);
      awaitSuccess(left);
    }
  }

  private void awaitSuccess(UUID id) throws InterruptedException {
    while (get(id).state() != SUCCEEDED) {
      assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void an_output_that_is_no_json_is_refused_at_once() {
    List<Throwable> thrown = new ArrayList<>();
    TrigRun trigrun =
        node(
            (connection, context) -> {
              thrown.add(catchThrowable(() -> context.complete(JdbcSession.of(connection), "{no")));
              connection.rollback();
              return Outcome.succeeded();
            });
    UUID id = enqueue(trigrun);
    trigrun.runDue();
    assertThat(thrown).singleElement().asString().contains("output: expected JSON");
    assertThat(get(id).state()).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_handler_that_has_returned_can_complete_nothing() {
    List<JobContext> kept = new ArrayList<>();
    TrigRun trigrun =
        node(
            (connection, context) -> {
              kept.add(context);
              return Outcome.later(clock.instant().plusSeconds(60));
            });
    enqueue(trigrun);
    trigrun.runDue();
    assertThatThrownBy(() -> kept.get(0).complete(StoreSession.own()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the handler returns");
  }

  @Test
  void a_job_that_runs_once_is_completed_by_the_same_commit_though_it_was_saved_meanwhile()
      throws Exception {
    TrigRun other = node((connection, context) -> Outcome.succeeded());
    TrigRun trigrun =
        node(
            (connection, context) -> {
              Job job = other.jobs().findByName("once").orElseThrow();
              other
                  .jobs()
                  .update(job.id(), job.spec().toBuilder().retry(RetryPolicy.none()).build());
              return commit(connection, context);
            });
    Job job =
        trigrun
            .jobs()
            .create(JobSpec.named("once").schedule(Schedule.now()).handler("work").build());
    trigrun.runDue();
    assertThat(trigrun.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void leases_and_completions_of_others_go_on_while_the_host_holds_its_transaction_open()
      throws Exception {
    CountDownLatch completed = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    TrigRunBuilder builder =
        node(
            store,
            (connection, context) -> {
              order(connection);
              context.complete(JdbcSession.of(connection));
              completed.countDown();
              assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
              connection.commit();
              return Outcome.succeeded();
            });
    try (TrigRun trigrun =
        builder
            .clock(Clock.systemUTC())
            .lease(Duration.ofSeconds(1))
            .handler(
                "other",
                Json.class,
                (payload, context) -> {
                  // Longer than a lease, which needs to be extended meanwhile.
                  assertThat(new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS)).isFalse();
                  assertThat(context.isCancelled()).isFalse();
                  others.countDown();
                })
            .build()) {
      trigrun.start();
      UUID id = enqueue(trigrun);
      assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
      UUID other = trigrun.enqueue(ExecutionRequest.of("other", Json.EMPTY_OBJECT)).executionId();
      assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
      trigrun.stop(Duration.ofSeconds(20));
      assertThat(get(id).state()).isEqualTo(SUCCEEDED);
      assertThat(get(other).state()).isEqualTo(SUCCEEDED);
      assertThat(get(other).lease()).as("claimed once").isEqualTo(1);
      assertThat(orders()).isEqualTo(1);
    }
  }

  /** A store that works for everybody but the engine's own record: the node dies there. */
  private static JobStore dies(JobStore real) {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> {
              boolean ends = method.getName().equals("apply") && arguments.length == 1;
              if (ends || method.getName().equals("findExecutions")) {
                throw new Dead();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
