package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.Lease;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operation costs does not depend on how many executions it is about. */
class StatementCountTest {

  private final Driver driver = new Driver(TestDatabases.inMemory());
  private final JobStore store = TestDatabases.store(driver.dataSource());

  @BeforeEach
  void forget_the_migration() {
    driver.executed();
  }

  @Test
  void enqueuing_100_takes_1_statement() {
    store.write(Samples.enqueue(100));
    assertThat(driver.executed()).hasSize(1);
  }

  @Test
  void claiming_100_takes_6_statements() {
    store.write(Samples.enqueue(150));
    driver.executed();
    assertThat(Samples.claim(store, 100).executions()).hasSize(100);
    assertThat(driver.executed()).hasSize(6);
  }

  @Test
  void claiming_nothing_takes_4_statements() {
    Samples.claim(store, 100);
    assertThat(driver.executed()).hasSize(4);
  }

  @Test
  void applying_100_takes_2_statements_and_1_more_for_follow_ups() {
    store.write(Samples.enqueue(200));
    List<ClaimedExecution> plain = Samples.claim(store, 100).executions();
    List<ClaimedExecution> followed = Samples.claim(store, 100).executions();
    driver.executed();
    store.apply(plain.stream().map(Samples::success).toList());
    assertThat(driver.executed()).hasSize(2);
    store.apply(
        followed.stream().map(one -> Samples.success(one).with(Samples.enqueue(1))).toList());
    assertThat(driver.executed()).hasSize(3);
  }

  @Test
  void boundaries_of_100_take_4_statements() {
    store.write(Samples.enqueue(100));
    List<ClaimedExecution> runs = Samples.claim(store, 100).executions();
    driver.executed();
    store.apply(runs.stream().map(one -> Samples.boundary(one, 1)).toList());
    assertThat(driver.executed()).hasSize(4);
  }

  @Test
  void extending_100_leases_takes_2_statements() {
    store.write(Samples.enqueue(100));
    List<Lease> leases =
        Samples.claim(store, 100).executions().stream().map(ClaimedExecution::lease).toList();
    driver.executed();
    assertThat(store.extendLeases(leases, Samples.NOW.plusSeconds(99))).isEmpty();
    assertThat(driver.executed()).hasSize(2);
  }
}
