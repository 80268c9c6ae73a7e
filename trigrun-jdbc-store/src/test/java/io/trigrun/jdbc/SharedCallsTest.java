package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Lease;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many threads bring to PostgreSQL one by one. */
class SharedCallsTest {

  private final TestDatabase database = TestServer.POSTGRESQL.create();
  private final Driver driver = new Driver(database.dataSource());
  private final JobStore store =
      JdbcJobStore.builder(driver.dataSource()).migrate(true).listen(false).open(database::close);

  @AfterEach
  void close() {
    store.close();
  }

  private List<ClaimedExecution> claimed(int count) {
    store.write(Samples.enqueue(count));
    return Samples.claim(store, count).executions();
  }

  private static Transition underAnotherLease(Transition end) {
    Lease lost = new Lease(end.lease().executionId(), end.lease().number() + 1);
    return new Transition(
        lost,
        end.state(),
        end.at(),
        end.dueAt(),
        end.attempt(),
        end.record(),
        end.output(),
        end.failure(),
        end.checkpoint(),
        end.progress(),
        end.waitKeys(),
        end.consumed(),
        end.followUps(),
        end.turn(),
        end.journal());
  }

  private List<Future<List<Applied>>> applyAtOnce(List<Transition> transitions)
      throws InterruptedException {
    return onThreads(transitions, one -> store.apply(List.of(one)));
  }

  private List<Future<WriteResult>> writeAtOnce(List<NewExecution> executions)
      throws InterruptedException {
    return onThreads(executions, one -> store.write(Samples.enqueue(one)));
  }

  private static <I, O> List<Future<O>> onThreads(List<I> items, Function<I, O> call)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Future<O>> answers =
        items.stream().map(one -> threads.submit(() -> call.apply(one))).toList();
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    return answers;
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void each_is_a_transaction_of_its_own_however_many_come_at_once() throws Exception {
    List<Transition> ends = claimed(500).stream().map(Samples::success).toList();
    driver.executed();
    for (Future<List<Applied>> answer : applyAtOnce(ends)) {
      assertThat(answer.get()).singleElement().isInstanceOf(Applied.Done.class);
    }
    assertThat(driver.executed())
        .hasSizeLessThanOrEqualTo(500)
        .allMatch(sql -> sql.startsWith("CALL"));
    assertThat(number("SELECT count(DISTINCT xmin::text) FROM trigrun_execution_archived"))
        .isEqualTo(500);
  }

  @Test
  void one_whose_lease_is_lost_harms_none_of_those_it_goes_with() throws Exception {
    List<Transition> ends = new ArrayList<>();
    for (ClaimedExecution one : claimed(200)) {
      Transition end = Samples.success(one);
      ends.add(ends.size() % 3 == 0 ? underAnotherLease(end) : end);
    }
    List<Future<List<Applied>>> answers = applyAtOnce(ends);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get())
          .singleElement()
          .isInstanceOf(i % 3 == 0 ? Applied.LeaseLost.class : Applied.Done.class);
    }
  }

  @Test
  void what_is_recorded_again_is_done_already() {
    Transition end = Samples.success(claimed(1).get(0));
    assertThat(store.apply(List.of(end))).singleElement().isInstanceOf(Applied.Done.class);
    assertThat(store.apply(List.of(end))).singleElement().isInstanceOf(Applied.Done.class);
  }

  @Test
  void all_that_go_together_hear_of_a_failure() throws Exception {
    List<Transition> ends = claimed(100).stream().map(Samples::success).toList();
    driver.down(true);
    for (Future<List<Applied>> answer : applyAtOnce(ends)) {
      assertThatThrownBy(answer::get).hasCauseInstanceOf(StoreException.class);
    }
    driver.down(false);
    for (Future<List<Applied>> answer : applyAtOnce(ends)) {
      assertThat(answer.get()).singleElement().isInstanceOf(Applied.Done.class);
    }
  }

  @Test
  void single_enqueues_share_statements_and_each_hears_of_its_own() throws Exception {
    driver.executed();
    List<NewExecution> executions =
        Stream.generate(Samples::execution).limit(300).collect(Collectors.toList());
    executions.add(executions.get(7)); // again, as after a lost acknowledgement
    for (Future<WriteResult> answer : writeAtOnce(executions)) {
      assertThat(answer.get()).isInstanceOf(WriteResult.Stored.class);
    }
    assertThat(driver.executed()).hasSizeLessThan(301);
    assertThat(number("SELECT count(*) FROM trigrun_execution")).isEqualTo(300);
  }

  @Test
  void what_the_database_can_not_hold_harms_none_of_those_it_goes_with() throws Exception {
    List<NewExecution> executions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      executions.add(Samples.execution(i % 10 == 3 ? "\u0000" : "{}"));
    }
    List<Future<WriteResult>> answers = writeAtOnce(executions);
    for (int i = 0; i < answers.size(); i++) {
      if (i % 10 == 3) {
        assertThatThrownBy(answers.get(i)::get).hasCauseInstanceOf(StoreException.class);
      } else {
        assertThat(answers.get(i).get()).isInstanceOf(WriteResult.Stored.class);
      }
    }
    assertThat(number("SELECT count(*) FROM trigrun_execution")).isEqualTo(180);
  }

  @Test
  void who_has_to_wait_for_a_transaction_holds_up_nobody_else() throws Exception {
    Transition locked = Samples.success(claimed(1).get(0));
    List<Transition> others = claimed(50).stream().map(Samples::success).toList();
    ExecutorService patient = Executors.newFixedThreadPool(4);
    List<Future<?>> waiting = new ArrayList<>();
    try (Connection host = database.dataSource().getConnection();
        Statement statement = host.createStatement()) {
      host.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM trigrun_execution WHERE id = '"
              + locked.lease().executionId()
              + "' FOR UPDATE");
      WriteSet keyed = WriteSet.enqueue(List.of(Samples.keyed("k")));
      assertThat(store.write(JdbcSession.of(host), keyed)).isInstanceOf(WriteResult.Stored.class);
      for (int i = 0; i < 3; i++) {
        waiting.add(
            patient.submit(() -> store.write(WriteSet.enqueue(List.of(Samples.keyed("k"))))));
      }
      waiting.add(patient.submit(() -> store.apply(List.of(locked))));
      for (Future<List<Applied>> answer : applyAtOnce(others)) {
        assertThat(answer.get()).singleElement().isInstanceOf(Applied.Done.class);
      }
      for (Future<WriteResult> answer : writeAtOnce(List.of(Samples.execution()))) {
        assertThat(answer.get()).isInstanceOf(WriteResult.Stored.class);
      }
      host.rollback();
    }
    for (Future<?> one : waiting) {
      one.get(20, TimeUnit.SECONDS);
    }
    patient.shutdown();
  }

  @Test
  void an_interrupt_does_not_cut_it_short() {
    Transition end = Samples.success(claimed(1).get(0));
    Thread.currentThread().interrupt();
    List<Applied> applied = store.apply(List.of(end));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(applied).singleElement().isInstanceOf(Applied.Done.class);
  }

  @Test
  void all_are_flushed_even_if_the_last_one_writes_nothing() throws SQLException {
    List<ClaimedExecution> executions = claimed(20);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      boolean flushed = false;
      // Another process of the server may write in between, but not each time.
      for (int i = 0; i < 20 && !flushed; i += 4) {
        List<Transition> ends =
            new ArrayList<>(executions.subList(i, i + 4).stream().map(Samples::success).toList());
        ends.set(3, underAnotherLease(ends.get(3)));
        assertThat(
                BulkFinish.runEach(
                    new Transaction(
                        connection, Schema.dialect(connection), TableNames.DEFAULT, false),
                    ends))
            .containsExactly(true, true, true, false);
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT pg_current_wal_insert_lsn() <= pg_current_wal_flush_lsn()")) {
          rows.next();
          flushed = rows.getBoolean(1);
        }
      }
      assertThat(flushed).isTrue();
    }
  }
}
