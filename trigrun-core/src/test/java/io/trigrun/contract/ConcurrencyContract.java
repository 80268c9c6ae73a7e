package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.end;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.retry;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits: no more of a key than allowed have begun and not ended. */
public abstract class ConcurrencyContract extends StoreContract {

  @Test
  void no_more_than_the_limit_begin() {
    List<TestExecution> all = limited(5, 2);
    enqueue(all);
    List<ClaimedExecution> claimed = claim(NOW);
    assertThat(ids(claimed)).containsExactly(all.get(0).id(), all.get(1).id());
    assertThat(claim(NOW)).isEmpty();
  }

  @Test
  void other_keys_and_executions_without_one_are_not_held_up() {
    enqueue(limited(3, 1));
    TestExecution other = execution().limited("other", 1);
    TestExecution free = execution();
    enqueue(other, free);
    assertThat(ids(claim(NOW))).hasSize(3).contains(other.id(), free.id());
  }

  @Test
  void a_blocked_queue_does_not_use_up_the_room() {
    enqueue(limited(50, 1));
    TestExecution free = execution();
    enqueue(free);
    assertThat(ids(claim(request(NOW, 2)).executions())).hasSize(2).contains(free.id());
  }

  @Test
  void a_slot_is_held_over_retries_and_waits() {
    enqueue(limited(2, 1));
    ClaimedExecution first = claimOne(NOW);
    applied(retry(first, NOW.plusSeconds(5)));
    assertThat(claim(NOW)).isEmpty();
    ClaimedExecution again = claimOne(NOW.plusSeconds(5));
    assertThat(again.execution().id()).isEqualTo(first.execution().id());
    applied(park(again, NOW.plusSeconds(60), "key"));
    assertThat(claim(NOW.plusSeconds(5))).isEmpty();
    assertThat(claimOne(NOW.plusSeconds(60)).reason()).isEqualTo(Reason.WAIT_EXPIRED);
    ClaimedExecution recovered = claimOne(NOW.plusSeconds(300));
    assertThat(recovered.execution().id()).isEqualTo(first.execution().id());
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void every_end_frees_the_slot(ExecutionState state) {
    List<TestExecution> all = limited(2, 1);
    enqueue(all);
    applied(end(state, claimOne(NOW)));
    assertThat(ids(claim(NOW))).containsExactly(all.get(1).id());
  }

  @Test
  void a_cancellation_frees_the_slot_too() {
    List<TestExecution> all = limited(4, 1);
    enqueue(all);
    claimOne(NOW);
    cancel(all.get(1).id());
    assertThat(claim(NOW)).as("the cancelled one held no slot").isEmpty();
    cancel(all.get(0).id());
    cancel(all.get(2).id());
    assertThat(ids(claim(NOW))).containsExactly(all.get(3).id());
  }

  @Test
  void the_blocked_ones_go_in_order() {
    List<TestExecution> all = limited(4, 1);
    all.get(0).due(NOW.minusSeconds(9)).priority(Priority.HIGHEST);
    all.get(2).due(NOW.minusSeconds(1));
    all.get(3).priority(Priority.HIGH);
    enqueue(all);
    List<UUID> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ClaimedExecution claimed = claimOne(NOW);
      order.add(claimed.execution().id());
      applied(succeed(claimed));
    }
    assertThat(order)
        .containsExactly(all.get(0).id(), all.get(3).id(), all.get(2).id(), all.get(1).id());
  }

  @Test
  void a_freed_slot_goes_to_whom_the_claiming_node_can_run() {
    enqueue(execution().limited("key", 1));
    ClaimedExecution holder = claimOne(NOW);
    TestExecution elsewhere = execution().limited("key", 1).queue("elsewhere");
    TestExecution here = execution().limited("key", 1);
    enqueue(elsewhere, here);
    Map<String, Integer> both = Map.of(TestExecution.QUEUE, 9, "elsewhere", 9);
    assertThat(claim(request(NOW, both, Set.of(TestExecution.HANDLER))).executions()).isEmpty();
    applied(succeed(holder));
    assertThat(ids(claim(NOW))).containsExactly(here.id());
  }

  @Test
  void each_execution_goes_by_the_limit_that_it_carries() {
    List<TestExecution> generous = limited(5, 3);
    enqueue(generous);
    List<ClaimedExecution> running = claim(NOW);
    TestExecution strict = execution().limited("key", 1).due(NOW.minusSeconds(1));
    enqueue(strict);
    assertThat(claim(NOW)).isEmpty();
    applied(succeed(running.get(0)));
    assertThat(ids(claim(NOW))).containsExactly(generous.get(3).id());
  }

  @Test
  void what_is_not_due_yet_does_not_hold_up_what_is() {
    enqueue(execution().limited("key", 1));
    ClaimedExecution holder = claimOne(NOW);
    TestExecution ahead =
        execution().limited("key", 1).priority(Priority.HIGH).due(NOW.plusSeconds(5));
    TestExecution due = execution().limited("key", 1);
    enqueue(ahead, due);
    ClaimRequest lookingAhead =
        new ClaimRequest(
            "node",
            Map.of(TestExecution.QUEUE, 9),
            Set.of(TestExecution.HANDLER),
            NOW,
            NOW.plusSeconds(10),
            LEASE_END);
    assertThat(claim(lookingAhead).executions()).isEmpty();
    applied(succeed(holder));
    assertThat(ids(claim(NOW))).containsExactly(due.id());
  }

  @Test
  void many_claimers_never_exceed_the_limit() throws Exception {
    int limit = 3;
    int total = 120;
    enqueue(limited(total, limit));
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    Crowd.rush(
        8,
        i -> {
          for (int round = 0; round < 100_000 && ended.get() < total; round++) {
            for (ClaimedExecution claimed : claim(request(NOW, 2)).executions()) {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              running.decrementAndGet();
              applied(succeed(claimed));
              ended.incrementAndGet();
            }
          }
          return true;
        });
    assertThat(most.get()).isLessThanOrEqualTo(limit);
    assertThat(ended.get()).isEqualTo(total);
  }

  private static List<TestExecution> limited(int count, int limit) {
    return Stream.generate(() -> execution().limited("key", limit)).limit(count).toList();
  }
}
