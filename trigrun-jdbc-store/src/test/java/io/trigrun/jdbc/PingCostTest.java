package io.trigrun.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.TrigRun;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What docs/monitors.md says about the cost of a ping. */
class PingCostTest {

  private static final int RING = 100;

  @Test
  void on_h2_a_ping_takes_2_statements_and_every_tenth_1_more() {
    Driver driver = new Driver(TestDatabases.inMemory());
    try (JobStore store = TestDatabases.store(driver.dataSource())) {
      assertCost(store, driver);
    }
  }

  @Test
  void on_postgresql_too() {
    TestDatabase database = TestServer.POSTGRESQL.create();
    Driver driver = new Driver(database.dataSource());
    try (JobStore store =
        JdbcJobStore.builder(driver.dataSource())
            .migrate(true)
            .listen(false)
            .open(database::close)) {
      assertCost(store, driver);
    }
  }

  private static void assertCost(JobStore store, Driver driver) {
    ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
    try (TrigRun trigrun = TrigRun.builder().store(store).clock(clock).build()) {
      String token = trigrun.monitors().create(MonitorSpec.of("m", Duration.ofMinutes(1))).token();
      ping(trigrun, token, RING); // the blocks of the history are created
      long revision = store.revision();
      driver.executed();
      for (int i = 1; i <= RING; i++) {
        ping(trigrun, token, 1);
        assertThat(driver.executed()).as("ping " + i).hasSize(i % 10 == 0 ? 3 : 2);
      }
      assertThat(store.revision()).isEqualTo(revision);
    }
  }

  private static void ping(TrigRun trigrun, String token, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(trigrun.ping(token, PingSource.of("192.0.2.7", "curl/8.5.0")))
          .isEqualTo(PingResult.UP);
    }
  }
}
