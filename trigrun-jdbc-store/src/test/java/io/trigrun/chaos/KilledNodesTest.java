package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.schedule.Schedule;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Enqueued;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Processes that die at any moment: {@code kill -9}, and others take over. */
@Chaos
class KilledNodesTest {

  private static final int KILLS = 12;
  private static final int NODES = 3;
  private static final int EACH = 500;
  private static final int ORDERS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HANDLERS = "plain,flaky,exact,alone,tick,order";

  private final List<ChildNode> nodes = new ArrayList<>();
  private final Set<String> killed = new HashSet<>();
  private int started;

  @Test
  void whoever_is_killed_whenever_everything_ends_once(Seed seed) throws Exception {
    Figures figures = new Figures("kill", seed);
    Random random = seed.random();
    List<UUID> ordered = new ArrayList<>();
    try (TestDatabase database = TestServer.POSTGRESQL.create();
        JdbcJobStore store = JdbcJobStore.builder(database.dataSource()).migrate(true).open();
        TrigRun client = TrigRun.builder().store(store).node("client").build()) {
      Ledger ledger = new Ledger(database.dataSource());
      ledger.create();
      Job alone =
          client
              .jobs()
              .create(JobSpec.named("alone").handler("alone").maxConcurrentExecutions(1).build());
      Job tick =
          client
              .jobs()
              .create(
                  JobSpec.named("tick")
                      .handler("tick")
                      .schedule(Schedule.every(Duration.ofSeconds(1)))
                      .build());
      while (nodes.size() < NODES) {
        start(database);
      }
      for (int kill = 0; kill < KILLS; kill++) {
        ordered.addAll(enqueue(client, random));
        for (int i = 0; i < 20; i++) {
          ordered.add(client.jobs().runNow(alone.id()).id());
        }
        killOne(ledger, random);
        start(database);
      }
      while (!nodes.isEmpty()) {
        kill(nodes.get(0));
      }
      client.jobs().pause(tick.id());
      ChildNode last = start(database);
      Await.until("everything done, by " + last.name(), PATIENCE, () -> ledger.live() == 0);
      assertThat(last.stop()).isZero();

      ordered.addAll(ledger.executions("orders"));
      assertThat(ledger.number("SELECT count(*) FROM trigrun_execution WHERE handler = 'order'"))
          .as("executions that were enqueued in a transaction of orders")
          .isEqualTo(ledger.executions("orders").size())
          .isGreaterThanOrEqualTo(ORDERS);
      assertThat(ledger.executions("effects"))
          .as("effects in transactions that completed their execution")
          .hasSize(
              (int) ledger.number("SELECT count(*) FROM trigrun_execution WHERE handler = 'exact'"))
          .doesNotHaveDuplicates();
      assertThat(ledger.notes("not alone")).as("overlaps of a job limited to one").isZero();
      everyFiringRanOnce(ledger, tick);
      new Audit(store, ordered, ledger.calls())
          .everythingSucceeded(
              unrecorded ->
                  unrecorded.stream().filter(call -> killed.contains(call.node())).count(),
              figures);
      figures.add("kills", killed.size()).print();
    } finally {
      for (ChildNode node : nodes) {
        node.close();
      }
    }
  }

  private static void everyFiringRanOnce(Ledger ledger, Job tick) throws SQLException {
    String runs =
        " FROM trigrun_execution WHERE caused_by = 'SCHEDULE' AND job_id = '" + tick.id() + "'";
    long distinct = ledger.number("SELECT count(DISTINCT scheduled_for)" + runs);
    assertThat(ledger.number("SELECT count(*)" + runs)).as("firings").isEqualTo(distinct);
    assertThat(
            ledger.number(
                "SELECT extract(epoch FROM max(scheduled_for) - min(scheduled_for))::int + 1"
                    + runs))
        .as("seconds from the first firing to the last")
        .isEqualTo(distinct);
  }

  private ChildNode start(TestDatabase database) throws IOException {
    ChildNode node = ChildNode.start(database.url(), "node" + ++started, HANDLERS, ORDERS);
    nodes.add(node);
    return node;
  }

  private static List<UUID> enqueue(TrigRun client, Random random) {
    List<ExecutionRequest> requests =
        IntStream.range(0, EACH)
            .mapToObj(
                i ->
                    ExecutionRequest.of(
                        List.of("plain", "plain", "flaky", "exact").get(random.nextInt(4)),
                        Json.EMPTY_OBJECT))
            .toList();
    return client.enqueue(requests).stream().map(Enqueued::executionId).toList();
  }

  /** In the middle of its work: after so many calls, whatever it does then. */
  private void killOne(Ledger ledger, Random random) throws Exception {
    ChildNode victim = nodes.get(random.nextInt(nodes.size()));
    int further = 1 + random.nextInt(150);
    long enough = ledger.callsOf(victim.name()) + further;
    Await.until(
        "calls of " + victim.name() + " or nothing left to do",
        PATIENCE,
        () -> !victim.isAlive() || ledger.callsOf(victim.name()) >= enough || ledger.live() == 0);
    assertThat(victim.isAlive()).as(victim.name() + " lives, see its log").isTrue();
    kill(victim);
  }

  private void kill(ChildNode victim) throws InterruptedException {
    victim.kill();
    nodes.remove(victim);
    killed.add(victim.name());
  }
}
