package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Enqueued;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two versions of a host at once, each with a handler that the other one does not have. */
@Chaos
class RollingUpgradeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OLD = "held,shared";
  private static final String NEW = "shared,added";

  private final Map<UUID, String> ordered = new HashMap<>();

  @Test
  void nodes_leave_alone_what_they_have_no_handler_for(Seed seed) throws Exception {
    Figures figures = new Figures("upgrade", seed);
    List<ChildNode> processes = new ArrayList<>();
    try (TestDatabase database = TestServer.POSTGRESQL.create();
        JdbcJobStore store = JdbcJobStore.builder(database.dataSource()).migrate(true).open();
        TrigRun client = TrigRun.builder().store(store).node("client").build()) {
      Ledger ledger = new Ledger(database.dataSource());
      ledger.create();
      try {
        processes.add(ChildNode.start(database.url(), "old1", OLD, 0));
        processes.add(ChildNode.start(database.url(), "old2", OLD, 0));
        enqueue(client, "held", 400);
        enqueue(client, "added", 200);
        enqueue(client, "shared", 400);
        Await.until("calls", PATIENCE, () -> ledger.callsOf("old1") > 20);
        processes.get(0).kill(); // in the middle of what the new version does not know
        processes.add(ChildNode.start(database.url(), "new1", NEW, 0));
        Await.until("new work done", PATIENCE, () -> live(ledger, "added") == 0);
        enqueue(client, "held", 200);
        long enough = ledger.callsOf("old2") + 20;
        Await.until("calls", PATIENCE, () -> ledger.callsOf("old2") > enough);
        processes.get(1).kill();
        processes.add(ChildNode.start(database.url(), "new2", NEW, 0));
        enqueue(client, "shared", 200);
        Await.until("shared work done", PATIENCE, () -> live(ledger, "shared") == 0);

        // What nobody is left to do stays as it is, though its leases have ended.
        Set<Execution> orphans = live(store);
        assertThat(orphans).isNotEmpty().allMatch(each -> each.handler().equals("held"));
        assertThat(orphans).anyMatch(each -> each.state() == ExecutionState.RUNNING);
        long until = System.nanoTime() + ChaosNode.LEASE.multipliedBy(2).toNanos();
        Await.until("leases ended", PATIENCE, () -> System.nanoTime() > until);
        assertThat(live(store)).isEqualTo(orphans);
        figures.add("orphans", orphans.size());

        processes.add(ChildNode.start(database.url(), "old3", OLD, 0)); // rolled back
        Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
        for (ChildNode each : processes.subList(2, 5)) {
          assertThat(each.stop()).as(each.name()).isZero();
        }
      } finally {
        processes.forEach(ChildNode::close);
      }
      assertThat(
              ledger.number(
                  "SELECT count(*) FROM calls WHERE (handler = 'held' AND node LIKE 'new%')"
                      + " OR (handler = 'added' AND node LIKE 'old%')"))
          .as("calls of handlers that a version does not have")
          .isZero();
      Set<String> killed = Set.of("old1", "old2");
      new Audit(store, ordered.keySet(), ledger.calls())
          .everythingSucceeded(
              unrecorded ->
                  unrecorded.stream().filter(call -> killed.contains(call.node())).count(),
              figures);
      figures.add("kills", killed.size()).print();
    }
  }

  private void enqueue(TrigRun client, String handler, int count) {
    List<ExecutionRequest> requests =
        IntStream.range(0, count)
            .mapToObj(i -> ExecutionRequest.of(handler, Json.EMPTY_OBJECT))
            .toList();
    for (Enqueued each : client.enqueue(requests)) {
      ordered.put(each.executionId(), handler);
    }
  }

  private static long live(Ledger ledger, String handler) throws Exception {
    return ledger.number(
        "SELECT count(*) FROM trigrun_execution_live WHERE handler = '" + handler + "'");
  }

  private Set<Execution> live(JdbcJobStore store) {
    return store.findExecutions(ordered.keySet()).stream()
        .filter(each -> !each.state().isFinal())
        .collect(Collectors.toSet());
  }
}
