package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest {

  @TempDir private Path folder;

  @Test
  void everything_survives_a_restart() {
    Path file = folder.resolve("jobs");
    NewExecution execution = Samples.execution("{\"n\":1}");
    Definition definition = Samples.definition("kept");
    WakeUp wakeUp = new WakeUp(execution.id(), "key", "{}", Samples.NOW);
    ClaimedExecution claimed;
    Execution before;
    try (JobStore store = JdbcJobStore.embedded(file)) {
      store.write(Samples.enqueue(execution).plus(WriteSet.save(definition)));
      store.wake(wakeUp);
      claimed = Samples.claim(store, 1).executions().get(0);
      before = store.findExecutions(List.of(execution.id())).get(0);
    }
    try (JobStore store = JdbcJobStore.embedded(file)) {
      assertThat(claimed.wakeUps()).containsExactly(wakeUp);
      assertThat(store.findExecutions(List.of(execution.id()))).containsExactly(before);
      assertThat(store.findDefinitions(List.of(definition.id()))).containsExactly(definition);
      assertThat(store.revision()).isEqualTo(1);
      Transition success = Samples.success(claimed);
      assertThat(store.apply(List.of(success)).get(0)).isInstanceOf(Applied.Done.class);
      assertThat(store.attempts(execution.id())).containsExactly(success.record().orElseThrow());
    }
  }

  @Test
  void a_commit_is_in_the_file_when_it_returns() throws SQLException {
    Path file = folder.resolve("jobs");
    JdbcJobStore.embedded(file).close();
    JdbcConnectionPool pool = EmbeddedH2.open(file);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT setting_value FROM information_schema.settings"
                    + " WHERE setting_name = 'WRITE_DELAY'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("0");
    } finally {
      pool.dispose();
    }
  }

  @Test
  void an_interrupted_caller_does_not_break_the_file_for_others() {
    try (JobStore store = JdbcJobStore.embedded(folder.resolve("jobs"))) {
      Thread.currentThread().interrupt();
      for (int i = 0; i < 20; i++) {
        store.write(Samples.enqueue(1));
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Samples.claim(store, 99).executions()).hasSize(20);
    }
  }

  @Test
  void a_write_whose_acknowledgement_was_lost_is_answered_the_same_again() {
    Driver driver = new Driver(TestDatabases.inMemory());
    JobStore store = TestDatabases.store(driver.dataSource());
    WriteSet writes = Samples.enqueue(3);
    WriteResult first = repeatedAfterLoss(driver, () -> store.write(writes));
    assertThat(first).isEqualTo(store.write(writes));
    List<ClaimedExecution> claimed = Samples.claim(store, 9).executions();
    assertThat(claimed).hasSize(3);

    List<Transition> batch =
        claimed.stream().map(one -> Samples.success(one).with(Samples.enqueue(2))).toList();
    List<Applied> applied = repeatedAfterLoss(driver, () -> store.apply(batch));
    assertThat(applied)
        .allSatisfy(
            one ->
                assertThat(one)
                    .isInstanceOfSatisfying(
                        Applied.Done.class, done -> assertThat(done.enqueued()).hasSize(2)));
    assertThat(Samples.claim(store, 99).executions()).hasSize(6);
    assertThat(store.attempts(claimed.get(0).execution().id())).hasSize(1);
  }

  private static <T> T repeatedAfterLoss(Driver driver, Supplier<T> call) {
    driver.loseNextAcknowledgement();
    assertThatThrownBy(call::get)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isTrue());
    return call.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "America/New_York", "Europe/Zurich"})
  void instants_do_not_depend_on_the_time_zone_of_the_jvm(String zone) {
    TimeZone usual = TimeZone.getDefault();
    Path file = folder.resolve("jobs");
    // 02:30 does not exist in New York that day, and exists twice in Zurich on another.
    List<Instant> instants =
        List.of(
            Instant.parse("2030-03-10T07:30:00.000001Z"),
            Instant.parse("2030-10-27T00:30:00.999999Z"),
            Instant.parse("2030-10-27T01:30:00Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"));
    List<UUID> ids;
    try (JobStore store = JdbcJobStore.embedded(file)) {
      List<NewExecution> executions = instants.stream().map(DurabilityTest::dueAt).toList();
      ids = executions.stream().map(NewExecution::id).toList();
      store.write(WriteSet.enqueue(executions));
    }
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (JobStore store = JdbcJobStore.embedded(file)) {
      for (int i = 0; i < ids.size(); i++) {
        Execution execution = store.findExecutions(List.of(ids.get(i))).get(0);
        assertThat(execution.dueAt()).isEqualTo(instants.get(i));
        assertThat(execution.createdAt()).isEqualTo(instants.get(i));
      }
      assertThat(Samples.claim(store, 1).executions())
          .extracting(one -> one.execution().id())
          .containsExactly(ids.get(3));
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  private static NewExecution dueAt(Instant at) {
    NewExecution any = Samples.execution();
    return new NewExecution(
        any.id(),
        any.workspace(),
        any.queue(),
        any.handler(),
        any.jobId(),
        any.parentId(),
        any.replayOf(),
        any.trigger(),
        any.priority(),
        at,
        at,
        at,
        any.uniqueKey(),
        any.concurrency(),
        any.payload());
  }

  @Test
  void odd_texts_come_back_as_they_were() {
    Path file = folder.resolve("jobs");
    List<String> odd =
        List.of("nul \0", "lone \uD800 surrogate", "pair \uD83D\uDE00", "x".repeat(1_048_576), "");
    List<NewExecution> executions = odd.stream().map(Samples::execution).toList();
    try (JobStore store = JdbcJobStore.embedded(file)) {
      store.write(WriteSet.enqueue(executions));
    }
    try (JobStore store = JdbcJobStore.embedded(file)) {
      for (NewExecution one : executions) {
        assertThat(store.findExecutions(List.of(one.id())).get(0).payload().equals(one.payload()))
            .isTrue();
      }
    }
  }

  @Test
  void a_text_that_the_database_refuses_is_refused_for_good_and_nothing_is_stored()
      throws SQLException {
    JdbcConnectionPool pool = TestDatabases.inMemory();
    JobStore store = TestDatabases.store(pool);
    TestDatabases.limitTexts(pool);
    WriteSet writes = Samples.enqueue(Samples.execution(), Samples.execution("x".repeat(101)));
    assertThatThrownBy(() -> store.write(writes))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageNotContaining("xxx");
    assertThat(Samples.claim(store, 9).executions()).isEmpty();
  }
}
