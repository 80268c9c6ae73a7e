package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.retry;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who gets what, and in which order. */
public abstract class ClaimContract extends StoreContract {

  @Test
  void a_claimed_execution_runs_under_a_fresh_lease() {
    TestExecution given = execution().due(NOW.minusSeconds(3));
    enqueue(given);
    ClaimedExecution claimed = claimOne(NOW);
    Execution running = claimed.execution();
    assertThat(claimed.reason()).isEqualTo(Reason.DUE);
    assertThat(claimed.dueAt()).isEqualTo(NOW.minusSeconds(3));
    assertThat(claimed.wakeUps()).isEmpty();
    assertThat(running.state()).isEqualTo(ExecutionState.RUNNING);
    assertThat(running.lease()).isEqualTo(1);
    assertThat(running.attempt()).isEqualTo(1);
    assertThat(running.node()).contains("node");
    assertThat(running.startedAt()).contains(NOW);
    assertThat(running.dueAt()).isEqualTo(LEASE_END);
    assertThat(running.scheduledFor()).isEqualTo(NOW.minusSeconds(3));
    assertThat(find(given.id())).isEqualTo(running);
    assertThat(claim(NOW)).isEmpty();
  }

  @Test
  void the_earlier_due_goes_first_and_among_equals_the_lower_id() {
    TestExecution late = execution();
    TestExecution early = execution().due(NOW.minusSeconds(1));
    TestExecution later = execution();
    enqueue(later, late, early);
    assertThat(ids(claim(NOW))).containsExactly(early.id(), late.id(), later.id());
  }

  @Test
  void the_order_holds_across_handlers() {
    List<TestExecution> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(execution().handler(i % 2 == 0 ? "even" : "odd"));
    }
    enqueue(all);
    Set<String> handlers = Set.of("even", "odd");
    assertThat(ids(claim(request(NOW, Map.of("queue", 8), handlers)).executions()))
        .isEqualTo(all.stream().map(TestExecution::id).toList());
  }

  @Test
  void the_higher_priority_goes_first() {
    List<TestExecution> all = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      all.add(execution().priority(priority).due(NOW.minusSeconds(9 - priority.level())));
    }
    enqueue(all);
    Collections.reverse(all);
    assertThat(ids(claim(NOW))).isEqualTo(all.stream().map(TestExecution::id).toList());
  }

  @Test
  void a_high_priority_that_is_not_due_holds_up_nobody() {
    TestExecution urgent = execution().priority(Priority.HIGHEST).due(NOW.plusSeconds(1));
    TestExecution due = execution().priority(Priority.LOWEST);
    enqueue(urgent, due);
    assertThat(ids(claim(NOW))).containsExactly(due.id());
  }

  @Test
  void a_queue_gets_no_more_than_it_has_room_for() {
    enqueue(Stream.generate(TestExecution::execution).limit(5).toList());
    enqueue(Stream.generate(() -> execution().queue("other")).limit(5).toList());
    enqueue(execution().queue("third"));
    Claim claim =
        claim(request(NOW, Map.of("queue", 2, "other", 9), Set.of(TestExecution.HANDLER)));
    assertThat(claim.executions())
        .extracting(one -> one.execution().queue())
        .containsExactlyInAnyOrder("queue", "queue", "other", "other", "other", "other", "other");
  }

  @Test
  void an_unknown_queue_yields_nothing() {
    enqueue(execution());
    Claim claim = claim(request(NOW, Map.of("nobody's", 9), Set.of(TestExecution.HANDLER)));
    assertThat(claim.executions()).isEmpty();
    assertThat(claim.nextDue()).isEmpty();
  }

  @Test
  void what_the_node_can_not_run_is_left_and_holds_up_nobody() {
    TestExecution foreign = execution().handler("foreign").priority(Priority.HIGHEST);
    TestExecution own = execution();
    enqueue(foreign, own);
    Claim claim = claim(request(NOW, 1));
    assertThat(ids(claim.executions())).containsExactly(own.id());
    assertThat(claim(request(NOW, 1)).nextDue()).contains(LEASE_END);
    assertThat(stateOf(foreign.id())).isEqualTo(ExecutionState.PENDING);
    assertThat(claim(request(NOW, Map.of("queue", 1), Set.of())).executions()).isEmpty();
    assertThat(claim(request(NOW, Map.of("queue", 1), Set.of("foreign"))).executions()).hasSize(1);
  }

  @Test
  void the_horizon_is_for_pending_ones_only() {
    ClaimedExecution running = running(execution());
    ClaimedExecution parked = running(execution());
    applied(park(parked, NOW.plusSeconds(60), "key"));
    TestExecution soon = execution().due(NOW.plusSeconds(70));
    TestExecution later = execution().due(NOW.plusSeconds(91));
    enqueue(soon, later);
    Instant now = NOW.plusSeconds(59);
    Claim claim =
        claim(
            new ClaimRequest(
                "node",
                Map.of(TestExecution.QUEUE, 9),
                Set.of(TestExecution.HANDLER),
                now,
                NOW.plusSeconds(90),
                now.plusSeconds(60)));
    assertThat(ids(claim.executions())).containsExactly(soon.id());
    assertThat(claim.executions().get(0).dueAt()).isEqualTo(NOW.plusSeconds(70));
    assertThat(stateOf(running.execution().id())).isEqualTo(ExecutionState.RUNNING);
    assertThat(stateOf(parked.execution().id())).isEqualTo(ExecutionState.WAITING);
  }

  @Test
  void a_claim_that_leaves_room_tells_what_is_due_next() {
    assertThat(claim(request(NOW, 1)).nextDue()).isEmpty();
    enqueue(execution().due(NOW.plusSeconds(5)), execution().due(NOW.plusSeconds(4)));
    assertThat(claim(request(NOW, 1)).nextDue())
        .hasValueSatisfying(due -> assertThat(due).isBeforeOrEqualTo(NOW.plusSeconds(4)));
    assertThat(claim(request(NOW, 1)).nextDue())
        .hasValueSatisfying(due -> assertThat(due).isAfter(NOW));
  }

  @Test
  void lease_and_attempt_rise_with_each_claim() {
    ClaimedExecution first = running(execution());
    applied(retry(first, NOW.plusSeconds(5)));
    assertThat(claim(NOW)).isEmpty();
    ClaimedExecution second = claimOne(NOW.plusSeconds(5));
    assertThat(second.reason()).isEqualTo(Reason.DUE);
    assertThat(second.execution().lease()).isEqualTo(2);
    assertThat(second.execution().attempt()).isEqualTo(2);
    assertThat(second.execution().startedAt()).contains(NOW);
  }

  @Test
  void a_claim_brings_the_revision() {
    write(named("a").save(1));
    assertThat(claim(request(NOW, 1)).revision()).isEqualTo(store().revision());
  }

  @Test
  void claimers_never_get_the_same_execution() throws Exception {
    List<TestExecution> all = Stream.generate(TestExecution::execution).limit(400).toList();
    enqueue(all);
    List<List<UUID>> shares =
        Crowd.rush(
            8,
            i -> {
              List<UUID> mine = new ArrayList<>();
              // A claim may find what it wanted taken by another one; the next one tells.
              for (int round = 0; round < 100; round++) {
                mine.addAll(ids(claim(request(NOW, 7)).executions()));
              }
              return mine;
            });
    List<UUID> claimed = shares.stream().flatMap(List::stream).toList();
    assertThat(claimed).doesNotHaveDuplicates();
    assertThat(claimed)
        .containsExactlyInAnyOrderElementsOf(all.stream().map(TestExecution::id).toList());
  }
}
