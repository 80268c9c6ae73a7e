package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.chaos.FailpointStore.Mode;
import io.trigrun.chaos.FailpointStore.Site;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.JobStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * A process that dies before or after any one of the calls of the store that it would make. One
 * that is started afterwards finishes what the other one began.
 */
@Chaos
class FailpointTest {

  private static final String FORGET =
      "TRUNCATE trigrun_execution, trigrun_attempt, trigrun_journal, trigrun_wake, trigrun_slot,"
          + " trigrun_definition, trigrun_reference";

  @Test
  void in_memory_it_may_die_at_any_call(Seed seed) {
    atEveryCall(InMemoryJobStore::new, 1, new Figures("failpoints-memory", seed), seed);
  }

  @Test
  void on_postgresql_it_may_die_at_any_call(Seed seed) {
    try (TestDatabase database = TestServer.POSTGRESQL.create();
        JobStore store = JdbcJobStore.builder(database.dataSource()).migrate(true).open()) {
      Supplier<JobStore> emptied =
          () -> {
            forgetEverything(database.dataSource());
            return store;
          };
      atEveryCall(emptied, 4, new Figures("failpoints-postgresql", seed), seed);
    }
  }

  private static void forgetEverything(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(FORGET);
    } catch (SQLException e) {
      throw new IllegalStateException("expected to empty the tables, could not", e);
    }
  }

  /**
   * @param part the first two calls of each operation, and one in so many of the others, by seed
   */
  private static void atEveryCall(Supplier<JobStore> stores, int part, Figures figures, Seed seed) {
    JobStore calm = stores.get();
    FailpointStore counting = FailpointStore.counting(calm);
    Scenario undisturbed = new Scenario(calm, counting.store());
    undisturbed.play();
    List<Site> sites = counting.sites();
    undisturbed.check(0, figures);
    assertThat(sites.stream().map(Site::operation))
        .contains("write", "claim", "apply", "wake", "purge");
    Set<String> operations =
        sites.stream().map(Site::operation).collect(Collectors.toCollection(TreeSet::new));
    figures.add("operations", operations.size());
    figures.add("sites", sites.size());
    int offset = seed.random().nextInt(part);
    for (Site site : sites) {
      if (site.before() > 1 && site.before() % part != offset) {
        continue;
      }
      for (Mode mode : List.of(Mode.DIES_BEFORE, Mode.DIES_AFTER)) {
        JobStore real = stores.get();
        FailpointStore failing = FailpointStore.failing(real, site, mode);
        Scenario scenario = new Scenario(real, failing.store());
        try {
          scenario.play();
          scenario.check(1, figures);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(mode + " at " + site + ": " + e.getMessage(), e);
        }
        assertThat(scenario.restarts()).as("%s at %s", mode, site).isEqualTo(1);
        figures.add("kills", 1);
      }
    }
    figures.add("lost", 0).print();
  }
}
