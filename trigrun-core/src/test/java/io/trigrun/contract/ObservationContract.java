package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.retry;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Priority;
import io.trigrun.QueueBacklog;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.WriteSet;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What others want to know: how much is due, and in which trace it was enqueued. */
public abstract class ObservationContract extends StoreContract {

  private static final TraceContext TRACE =
      new TraceContext(
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          Optional.of("vendor=" + "x".repeat(505)));

  private QueueBacklog backlog(Instant now, int most) {
    List<QueueBacklog> all = store().backlog(List.of(TestExecution.QUEUE), now, most);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private QueueBacklog backlog(Instant now) {
    return backlog(now, 1_000);
  }

  @Test
  void what_is_due_is_counted_by_queue_and_the_first_of_it_is_told() {
    List<TestExecution> all = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      all.add(execution().priority(priority).due(NOW.minusSeconds(priority.level())));
    }
    all.add(execution().handler("another").due(NOW));
    all.add(execution().due(NOW.plusMillis(1)));
    all.add(execution().queue("other").due(NOW.minusSeconds(60)));
    enqueue(all);

    assertThat(store().backlog(List.of(TestExecution.QUEUE, "other", "empty"), NOW, 1_000))
        .containsExactlyInAnyOrder(
            new QueueBacklog(TestExecution.QUEUE, 6, Optional.of(NOW.minusSeconds(4)), NOW),
            new QueueBacklog("other", 1, Optional.of(NOW.minusSeconds(60)), NOW),
            new QueueBacklog("empty", 0, Optional.empty(), NOW));
    assertThat(store().backlog(List.of(), NOW, 1_000)).isEmpty();
  }

  @Test
  void counting_ends_where_it_is_told_to_and_the_first_is_told_all_the_same() {
    enqueue(IntStream.range(0, 20).mapToObj(i -> execution().due(NOW.plusSeconds(i))).toList());
    enqueue(execution().priority(Priority.LOWEST).due(NOW.minusSeconds(9)));

    assertThat(backlog(NOW.plusSeconds(60), 7))
        .isEqualTo(
            new QueueBacklog(
                TestExecution.QUEUE, 7, Optional.of(NOW.minusSeconds(9)), NOW.plusSeconds(60)));
  }

  @Test
  void what_runs_is_not_due_until_its_lease_ends() {
    ClaimedExecution claimed = running(execution().due(NOW.minusSeconds(5)));
    assertThat(backlog(NOW).due()).isZero();
    assertThat(backlog(NOW).oldestDueAt()).isEmpty();

    assertThat(backlog(LEASE_END))
        .isEqualTo(new QueueBacklog(TestExecution.QUEUE, 1, Optional.of(LEASE_END), LEASE_END));

    assertThat(store().extendLeases(List.of(claimed.lease()), LEASE_END.plusSeconds(60))).isEmpty();
    assertThat(backlog(LEASE_END).due()).isZero();
  }

  @Test
  void a_retry_and_a_wait_that_times_out_are_due_in_their_time_and_an_end_never() {
    enqueue(execution(), execution(), execution());
    List<ClaimedExecution> claimed = claim(NOW);
    applied(retry(claimed.get(0), NOW.plusSeconds(10)));
    applied(park(claimed.get(1), NOW.plusSeconds(20), "key"));
    applied(succeed(claimed.get(2)));

    assertThat(backlog(NOW.plusSeconds(9)).due()).isZero();
    assertThat(backlog(NOW.plusSeconds(10)).due()).isEqualTo(1);
    assertThat(backlog(NOW.plusSeconds(20)).due()).isEqualTo(2);
  }

  @Test
  void the_trace_is_kept_from_the_enqueue_to_the_end_and_after_a_revival() {
    TestExecution traced = execution().trace(TRACE);
    TestExecution untraced = execution();
    enqueue(traced, untraced);
    assertThat(find(traced.id()).trace()).contains(TRACE);
    assertThat(find(untraced.id()).trace()).isEmpty();

    for (ClaimedExecution each : claim(NOW)) {
      boolean isTraced = each.execution().id().equals(traced.id());
      assertThat(each.execution().trace()).isEqualTo(Optional.of(TRACE).filter(t -> isTraced));
      applied(retry(each, NOW.plusSeconds(1)));
    }
    for (ClaimedExecution each : claim(NOW.plusSeconds(1))) {
      applied(succeed(each));
    }
    assertThat(find(traced.id()).trace()).contains(TRACE);
    assertThat(find(untraced.id()).trace()).isEmpty();

    assertThat(store().revive(traced.id(), NOW.plusSeconds(2))).isTrue();
    assertThat(claimOne(NOW.plusSeconds(2)).execution().trace()).contains(TRACE);
  }

  @Test
  void executions_of_one_batch_may_be_of_different_traces_whatever_way_they_are_stored() {
    TraceContext other = TraceContext.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
    TestExecution first = execution().trace(TRACE);
    TestExecution second = execution().trace(other).uniqueWhileLive("key");
    TestExecution third = execution().trace(other).limited("limit", 1);
    enqueue(first, second, third);
    TestExecution fourth = execution().trace(TRACE).due(NOW.plusSeconds(99));
    TestExecution fifth = execution().due(NOW.plusSeconds(99));
    WriteSet followUps = WriteSet.enqueue(List.of(fourth.build(), fifth.build()));
    applied(succeed(claim(NOW).get(0)).with(followUps));

    assertThat(find(first.id()).trace()).contains(TRACE);
    assertThat(find(second.id()).trace()).contains(other);
    assertThat(find(third.id()).trace()).contains(other);
    assertThat(find(fourth.id()).trace()).contains(TRACE);
    assertThat(find(fifth.id()).trace()).isEmpty();
  }
}
