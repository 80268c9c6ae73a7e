package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A process that stands still for longer than its leases, and then goes on as if nothing was. */
@Chaos
class FrozenNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = 3;
  private static final int EACH = 400;

  @Test
  void a_zombie_changes_nothing(Seed seed) throws Exception {
    Figures figures = new Figures("freeze", seed);
    List<UUID> ordered = new ArrayList<>();
    Set<String> frozen = Set.of("zombie");
    try (TestDatabase database = TestServer.POSTGRESQL.create();
        JdbcJobStore store = JdbcJobStore.builder(database.dataSource()).migrate(true).open();
        TrigRun client = TrigRun.builder().store(store).node("client").build();
        ChildNode zombie = ChildNode.start(database.url(), "zombie", "held", 0);
        ChildNode other = ChildNode.start(database.url(), "other", "held", 0)) {
      Ledger ledger = new Ledger(database.dataSource());
      ledger.create();
      for (int round = 0; round < ROUNDS; round++) {
        List<UUID> now = enqueue(client, EACH);
        ordered.addAll(now);
        long enough = ledger.callsOf("zombie") + 1 + seed.random().nextInt(100);
        Await.until("calls of zombie", PATIENCE, () -> ledger.callsOf("zombie") >= enough);
        zombie.freeze();
        Await.until("everything done by the other one", PATIENCE, () -> ledger.live() == 0);
        Map<Execution, List<Attempt>> before = recorded(store, ordered);
        long told = ledger.notes("lease lost");
        zombie.thaw();
        Await.until("lost leases noticed", PATIENCE, () -> ledger.notes("lease lost") > told);
        // It is of use again, and what it had to say before it has said.
        long calls = ledger.callsOf("zombie");
        ordered.addAll(enqueue(client, 100));
        Await.until("more calls of zombie", PATIENCE, () -> ledger.callsOf("zombie") > calls);
        Await.until("all done", PATIENCE, () -> ledger.live() == 0);
        assertThat(recorded(store, ordered)).containsAllEntriesOf(before);
        figures.add("freezes", 1);
      }
      assertThat(zombie.stop()).isZero();
      assertThat(other.stop()).isZero();
      figures.add("refused", ledger.notes("lease lost"));
      new Audit(store, ordered, ledger.calls())
          .everythingSucceeded(
              unrecorded ->
                  unrecorded.stream().filter(call -> frozen.contains(call.node())).count(),
              figures);
      figures.print();
    }
  }

  private static List<UUID> enqueue(TrigRun client, int count) {
    return client
        .enqueue(
            IntStream.range(0, count)
                .mapToObj(i -> ExecutionRequest.of("held", Json.EMPTY_OBJECT))
                .toList())
        .stream()
        .map(Enqueued::executionId)
        .toList();
  }

  private static Map<Execution, List<Attempt>> recorded(JdbcJobStore store, List<UUID> ids) {
    Map<Execution, List<Attempt>> all = new HashMap<>();
    store.findExecutions(ids).forEach(one -> all.put(one, store.attempts(one.id())));
    return all;
  }
}
