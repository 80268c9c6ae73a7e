package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.retry;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.PurgeRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is enqueued, and what is a duplicate. */
public abstract class EnqueueContract extends StoreContract {

  @Test
  void an_enqueued_execution_is_found_as_it_was_given() {
    UUID job = TestExecution.nextId();
    TestExecution given = execution().job(job).priority(Priority.HIGH).uniqueWhileLive("key");
    enqueue(given);
    Execution found = find(given.id());
    assertThat(found.state()).isEqualTo(ExecutionState.PENDING);
    assertThat(found.workspace()).isEqualTo(TestExecution.WORKSPACE);
    assertThat(found.queue()).isEqualTo(TestExecution.QUEUE);
    assertThat(found.handler()).isEqualTo(TestExecution.HANDLER);
    assertThat(found.jobId()).contains(job);
    assertThat(found.priority()).isEqualTo(Priority.HIGH);
    assertThat(found.uniqueKey()).contains("key");
    assertThat(found.payload()).isEqualTo("{\"n\":1}");
    assertThat(found.dueAt()).isEqualTo(NOW);
    assertThat(found.attempt()).isZero();
    assertThat(found.lease()).isZero();
    assertThat(found.startedAt()).isEmpty();
    assertThat(found.finishedAt()).isEmpty();
    assertThat(found.node()).isEmpty();
    assertThat(store().attempts(given.id())).isEmpty();
  }

  @Test
  void what_is_stored_can_be_told_without_asking() {
    TestExecution given =
        execution().job(TestExecution.nextId()).priority(Priority.LOW).uniqueWhileKept("key");
    enqueue(given);
    assertThat(find(given.id())).isEqualTo(given.build().enqueued());
  }

  @Test
  void a_batch_is_reported_in_its_order() {
    List<TestExecution> batch = Stream.generate(TestExecution::execution).limit(500).toList();
    assertThat(enqueue(batch))
        .isEqualTo(batch.stream().map(one -> new Enqueued(one.id(), false)).toList());
    assertThat(store().findExecutions(batch.stream().map(TestExecution::id).toList())).hasSize(500);
  }

  @Test
  void the_same_execution_twice_is_one() {
    TestExecution given = execution().uniqueWhileLive("key");
    Enqueued first = enqueue(given).get(0);
    assertThat(enqueue(given, given)).containsExactly(first, first);
    assertThat(claim(NOW)).hasSize(1);
  }

  @Test
  void an_acknowledgement_lost_until_the_execution_has_ended_brings_no_second_run() {
    TestExecution given = execution();
    applied(succeed(running(given)));
    assertThat(enqueue(given)).containsExactly(new Enqueued(given.id(), false));
    assertThat(claim(NOW)).isEmpty();
  }

  @Test
  void a_duplicate_is_reported_with_the_holder_of_the_key() {
    TestExecution holder = execution().uniqueWhileLive("key");
    TestExecution duplicate = execution().uniqueWhileKept("key");
    enqueue(holder);
    assertThat(enqueue(duplicate)).containsExactly(new Enqueued(holder.id(), true));
    assertThat(store().findExecutions(List.of(duplicate.id()))).isEmpty();
  }

  @Test
  void a_duplicate_inside_one_batch_is_reported_and_harms_no_other() {
    TestExecution first = execution().uniqueWhileLive("key");
    TestExecution second = execution().uniqueWhileLive("key");
    TestExecution other = execution().uniqueWhileLive("other key");
    assertThat(enqueue(first, second, other))
        .containsExactly(
            new Enqueued(first.id(), false),
            new Enqueued(first.id(), true),
            new Enqueued(other.id(), false));
  }

  @Test
  void a_key_belongs_to_a_workspace() {
    enqueue(execution().uniqueWhileLive("key"));
    TestExecution other = execution().uniqueWhileLive("key").workspace("other");
    assertThat(enqueue(other)).containsExactly(new Enqueued(other.id(), false));
  }

  @Test
  void a_key_that_is_taken_while_live_is_free_at_the_end() {
    ClaimedExecution claimed = running(execution().uniqueWhileLive("key"));
    TestExecution next = execution().uniqueWhileLive("key");
    applied(retry(claimed, NOW));
    assertThat(enqueue(next).get(0).duplicate()).isTrue();
    applied(succeed(claimOne(NOW)));
    assertThat(enqueue(next).get(0).duplicate()).isFalse();
    cancel(next.id());
    assertThat(enqueue(execution().uniqueWhileLive("key")).get(0).duplicate()).isFalse();
  }

  @Test
  void a_key_that_is_taken_while_kept_is_free_after_the_purge() {
    ClaimedExecution claimed = running(execution().uniqueWhileKept("key"));
    applied(succeed(claimed));
    TestExecution next = execution().uniqueWhileLive("key");
    assertThat(enqueue(next)).containsExactly(new Enqueued(claimed.execution().id(), true));
    store()
        .purge(
            new PurgeRequest(
                Optional.empty(), Set.of(ExecutionState.SUCCEEDED), NOW.plusSeconds(9), 10));
    assertThat(enqueue(next)).containsExactly(new Enqueued(next.id(), false));
  }

  @Test
  void of_many_who_enqueue_one_key_one_wins() throws Exception {
    List<Enqueued> all = Crowd.rush(8, i -> enqueue(execution().uniqueWhileLive("key")).get(0));
    assertThat(all).filteredOn(one -> !one.duplicate()).hasSize(1);
    assertThat(all).extracting(Enqueued::executionId).containsOnly(all.get(0).executionId());
  }

  @Test
  void instants_are_kept_to_the_microsecond() {
    Instant fine = NOW.plusNanos(123_456_789);
    Instant kept = NOW.plusNanos(123_456_000);
    TestExecution given = execution().due(fine).created(fine);
    enqueue(given);
    assertThat(find(given.id()).dueAt()).isEqualTo(kept);
    assertThat(find(given.id()).createdAt()).isEqualTo(kept);
    assertThat(claim(kept.minusNanos(1_000))).isEmpty();
    ClaimedExecution claimed = claimOne(kept);
    store().extendLeases(List.of(claimed.lease()), fine.plusSeconds(60));
    assertThat(find(given.id()).dueAt()).isEqualTo(kept.plusSeconds(60));
    applied(succeed(claimed).at(fine));
    assertThat(find(given.id()).finishedAt()).contains(kept);
    store().revive(given.id(), fine);
    assertThat(find(given.id()).dueAt()).isEqualTo(kept);
  }
}
