package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.TrigRun;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.servers.RestartablePostgresql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A server that crashes under load and comes back, sooner or later. */
@Chaos
class ServerRestartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CRASHES = 4;

  @Test
  void what_was_acknowledged_is_done_whenever_the_server_crashes(Seed seed) throws Exception {
    Figures figures = new Figures("restart", seed);
    Random random = seed.random();
    List<UUID> ordered = new ArrayList<>();
    try (RestartablePostgresql server = RestartablePostgresql.start();
        HikariDataSource one = pool(server);
        HikariDataSource two = pool(server);
        HikariDataSource hosts = pool(server);
        JdbcJobStore store = JdbcJobStore.builder(hosts).migrate(true).open();
        TrigRun client = TrigRun.builder().store(store).node("client").build();
        LocalNodes nodes = new LocalNodes()) {
      Ledger ledger = new Ledger(hosts);
      ledger.create();
      nodes.start("one", one);
      nodes.start("two", two);
      for (int crash = 0; crash < CRASHES; crash++) {
        ordered.addAll(LocalNodes.enqueue(client, random, 400, List.of("plain", "flaky", "exact")));
        int enough = nodes.calls().size() + random.nextInt(300);
        Await.until("more calls", PATIENCE, () -> nodes.calls().size() >= enough);
        if (crash % 2 == 0) {
          server.crash();
        } else {
          server.stop();
          long until = System.nanoTime() + LocalNodes.LEASE.toNanos() * 3 / 2;
          Await.until("leases end", PATIENCE, () -> System.nanoTime() > until);
          server.restart();
        }
        Await.until("it answers", PATIENCE, () -> answers(ledger));
        figures.add("crashes", 1);
      }
      Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
      nodes.stop();
      assertThat(ledger.executions("effects"))
          .as("effects in transactions that completed their execution")
          .hasSize(
              (int) ledger.number("SELECT count(*) FROM trigrun_execution WHERE handler = 'exact'"))
          .doesNotHaveDuplicates();
      new Audit(store, ordered, nodes.calls()).everythingSucceeded(nodes::excused, figures);
      figures.add("lost_leases", nodes.lostLeases()).print();
    }
  }

  private static boolean answers(Ledger ledger) {
    try {
      return ledger.live() >= 0;
    } catch (SQLException e) {
      return false;
    }
  }

  private static HikariDataSource pool(RestartablePostgresql server) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.url());
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(500);
    return new HikariDataSource(config);
  }
}
