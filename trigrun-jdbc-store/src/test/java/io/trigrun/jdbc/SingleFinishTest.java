package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Lease;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends of executions that many threads bring to PostgreSQL one by one. */
class SingleFinishTest {

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
        end.turn());
  }

  /** Each on a thread of its own. */
  private List<Future<List<Applied>>> applyAtOnce(List<Transition> transitions)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<Future<List<Applied>>> answers = new ArrayList<>();
    for (Transition one : transitions) {
      answers.add(threads.submit(() -> store.apply(List.of(one))));
    }
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
            .isEqualTo("tttf");
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
