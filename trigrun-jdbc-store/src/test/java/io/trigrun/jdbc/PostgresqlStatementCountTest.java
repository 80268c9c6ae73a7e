package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Lease;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many statements a call takes on PostgreSQL, whatever the number of executions in it. Hints to
 * other nodes are off: they are sent by a thread of their own, whenever it gets to it.
 */
class PostgresqlStatementCountTest {

  private final TestDatabase database = TestServer.POSTGRESQL.create();
  private final Driver driver = new Driver(database.dataSource());
  private final JobStore store =
      JdbcJobStore.builder(driver.dataSource()).migrate(true).listen(false).open(database::close);

  @BeforeEach
  void forget_the_migration() {
    driver.executed();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void enqueuing_100_takes_1_statement() {
    store.write(Samples.enqueue(100));
    assertThat(driver.executed()).hasSize(1);
  }

  @Test
  void claiming_100_takes_1_statement_and_so_does_claiming_nothing() {
    store.write(Samples.enqueue(100));
    driver.executed();
    assertThat(Samples.claim(store, 100).executions()).hasSize(100);
    assertThat(driver.executed()).hasSize(1);
    assertThat(Samples.claim(store, 100).executions()).isEmpty();
    assertThat(driver.executed()).hasSize(1);
  }

  @Test
  void ending_100_takes_1_statement_and_1_more_for_follow_ups() {
    store.write(Samples.enqueue(200));
    List<ClaimedExecution> plain = Samples.claim(store, 100).executions();
    List<ClaimedExecution> followed = Samples.claim(store, 100).executions();
    driver.executed();
    store.apply(plain.stream().map(Samples::success).toList());
    assertThat(driver.executed()).hasSize(1);
    store.apply(
        followed.stream().map(one -> Samples.success(one).with(Samples.enqueue(1))).toList());
    assertThat(driver.executed()).hasSize(2);
  }

  @Test
  void boundaries_of_100_take_1_statement_and_1_more_for_follow_ups() {
    store.write(Samples.enqueue(100));
    List<ClaimedExecution> runs = Samples.claim(store, 100).executions();
    driver.executed();
    store.apply(runs.stream().map(one -> Samples.boundary(one, 1)).toList());
    assertThat(driver.executed()).hasSize(1);
    store.apply(
        runs.stream().map(one -> Samples.boundary(one, 2).with(Samples.enqueue(1))).toList());
    assertThat(driver.executed()).hasSize(2);
    assertThat(store.journal(runs.get(7).execution().id())).hasSize(2);
  }

  @Test
  void a_run_of_3_steps_takes_1_statement_for_each_and_no_other() {
    store.write(Samples.enqueue(1));
    ClaimedExecution run = Samples.claim(store, 1).executions().get(0);
    driver.executed();
    store.apply(List.of(Samples.boundary(run, 1)));
    store.apply(List.of(Samples.boundary(run, 2)));
    store.apply(List.of(Samples.journaled(Samples.success(run), 3)));
    assertThat(driver.executed()).hasSize(3);
    assertThat(store.journal(run.execution().id())).hasSize(3);
  }

  @Test
  void parking_100_takes_1_statement_and_going_on_after_that_no_more_than_any_boundary() {
    store.write(Samples.enqueue(100));
    List<ClaimedExecution> runs = Samples.claim(store, 100).executions();
    driver.executed();
    store.apply(runs.stream().map(one -> Samples.park(one, 1, Set.of())).toList());
    assertThat(driver.executed()).hasSize(1);
    runs.forEach(one -> store.wake(new WakeUp(one.execution().id(), "key1", "{}", Samples.NOW)));
    List<ClaimedExecution> woken = Samples.claim(store, 100).executions();
    driver.executed();
    List<ClaimedExecution> half = woken.subList(0, 50);
    store.apply(half.stream().map(one -> Samples.consuming(one, 2)).toList());
    assertThat(driver.executed()).as("boundaries that consume").hasSize(1);
    List<ClaimedExecution> others = woken.subList(50, 100);
    store.apply(others.stream().map(one -> Samples.park(one, 2, Set.of("key1"))).toList());
    assertThat(driver.executed())
        .as("who was woken before: the statement, lock, wake-ups, change, journal, consumption")
        .hasSize(6);
  }

  @Test
  void ending_100_that_keep_their_unique_keys_takes_1_statement_more() {
    store.write(keeping(100));
    List<ClaimedExecution> claimed = Samples.claim(store, 100).executions();
    driver.executed();
    assertThat(store.apply(claimed.stream().map(Samples::success).toList()))
        .hasSize(100)
        .allMatch(Applied.Done.class::isInstance);
    assertThat(driver.executed()).hasSize(2);
  }

  @Test
  void those_that_keep_their_unique_keys_are_ended_like_all_others() {
    store.write(keeping(1));
    store.write(Samples.enqueue(1));
    List<ClaimedExecution> claimed = Samples.claim(store, 2).executions();

    store.apply(claimed.stream().map(Samples::success).toList());

    List<Execution> ended =
        claimed.stream()
            .flatMap(one -> store.findExecutions(Set.of(one.execution().id())).stream())
            .toList();
    assertThat(ended)
        .hasSize(2)
        .allMatch(one -> one.state() == ExecutionState.SUCCEEDED)
        .allMatch(one -> one.output().equals(Optional.of("{\"done\":true}")))
        .allMatch(one -> one.finishedAt().equals(Optional.of(Samples.NOW)))
        .allMatch(one -> store.attempts(one.id()).size() == 1);
    assertThat(Samples.claim(store, 2, Samples.NOW.plusSeconds(999)).executions()).isEmpty();
    assertThat(store.write(keeping(1)))
        .isInstanceOfSatisfying(
            WriteResult.Stored.class,
            stored -> assertThat(stored.enqueued().get(0).duplicate()).isTrue());
  }

  @Test
  void one_that_keeps_its_key_is_ended_with_its_lease_only() {
    store.write(keeping(1));
    ClaimedExecution lost = Samples.claim(store, 1).executions().get(0);
    ClaimedExecution held =
        Samples.claim(store, 1, Samples.NOW.plusSeconds(999)).executions().get(0);

    assertThat(store.apply(List.of(Samples.success(lost))))
        .containsExactly(new Applied.LeaseLost());
    assertThat(store.apply(List.of(Samples.success(held))).get(0)).isInstanceOf(Applied.Done.class);
    assertThat(store.apply(List.of(Samples.success(held))).get(0)).isInstanceOf(Applied.Done.class);
    assertThat(store.attempts(held.execution().id())).hasSize(1);
  }

  @Test
  void one_that_keeps_its_key_keeps_the_last_line_of_its_journal() {
    store.write(keeping(1));
    ClaimedExecution claimed = Samples.claim(store, 1).executions().get(0);

    store.apply(List.of(Samples.journaled(Samples.success(claimed), 1)));

    assertThat(store.journal(claimed.execution().id())).hasSize(1);
  }

  private static WriteSet keeping(int count) {
    return WriteSet.enqueue(
        IntStream.range(0, count).mapToObj(number -> Samples.keeping("key " + number)).toList());
  }

  @Test
  void extending_100_leases_takes_1_statement() {
    store.write(Samples.enqueue(100));
    List<Lease> leases =
        Samples.claim(store, 100).executions().stream().map(ClaimedExecution::lease).toList();
    driver.executed();
    assertThat(store.extendLeases(leases, Samples.NOW.plusSeconds(99))).isEmpty();
    assertThat(driver.executed()).hasSize(1);
  }
}
