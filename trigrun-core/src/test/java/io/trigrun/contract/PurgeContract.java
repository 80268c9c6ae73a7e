package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.attempt;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.WakeResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Purge: what has ended long ago is forgotten, and nothing else. */
public abstract class PurgeContract extends StoreContract {

  @Test
  void what_ended_before_is_forgotten_with_all_that_belongs_to_it() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    store().wake(wakeUp(id, "key", "1"));
    applied(succeed(claimed).recording(attempt(1, AttemptStatus.SUCCESS)));
    assertThat(purge(NOW.plusSeconds(1), 10)).as("strictly before").isZero();
    assertThat(purge(NOW.plusSeconds(2), 10)).isEqualTo(1);
    assertThat(store().findExecutions(List.of(id))).isEmpty();
    assertThat(store().listExecutions(ExecutionQuery.all("workspace")).items()).isEmpty();
    assertThat(store().attempts(id)).isEmpty();
    assertThat(store().wake(wakeUp(id, "key", "2"))).isEqualTo(new WakeResult.Unknown());
    assertThat(store().revive(id, NOW)).isFalse();
  }

  @Test
  void live_executions_are_kept() {
    ClaimedExecution parked = running(execution());
    applied(park(parked, NOW.plusSeconds(9), "key"));
    running(execution());
    enqueue(execution());
    assertThat(purge(NOW.plusSeconds(9_999), 10)).isZero();
    assertThat(store().listExecutions(ExecutionQuery.all("workspace")).items()).hasSize(3);
  }

  @Test
  void only_the_states_and_the_queue_asked_for_are_forgotten() {
    TestExecution here = execution();
    TestExecution there = execution().queue("there");
    enqueue(here, there);
    cancel(here.id(), there.id());
    Instant end = NOW.plusSeconds(1);
    assertThat(purge(Optional.empty(), ExecutionState.FAILED, end)).isZero();
    assertThat(purge(Optional.of("there"), ExecutionState.CANCELLED, end)).isEqualTo(1);
    assertThat(store().findExecutions(List.of(here.id(), there.id())))
        .extracting(Execution::id)
        .containsExactly(here.id());
  }

  @Test
  void the_earliest_finished_go_first() {
    TestExecution early = execution();
    TestExecution middle = execution();
    TestExecution late = execution();
    enqueue(late, middle, early);
    stored(cancellation(NOW.plusSeconds(3), late.id()));
    stored(cancellation(NOW.plusSeconds(2), middle.id()));
    stored(cancellation(NOW.plusSeconds(1), early.id()));
    assertThat(purge(NOW.plusSeconds(9), 2)).isEqualTo(2);
    assertThat(store().listExecutions(ExecutionQuery.all("workspace")).items())
        .extracting(Execution::id)
        .containsExactly(late.id());
    assertThat(purge(NOW.plusSeconds(9), 2)).isEqualTo(1);
    assertThat(purge(NOW.plusSeconds(9), 2)).isZero();
  }

  private int purge(Instant before, int limit) {
    return store()
        .purge(
            new PurgeRequest(
                Optional.empty(),
                Set.of(ExecutionState.SUCCEEDED, ExecutionState.FAILED, ExecutionState.CANCELLED),
                before,
                limit));
  }

  private int purge(Optional<String> queue, ExecutionState state, Instant before) {
    return store().purge(new PurgeRequest(queue, Set.of(state), before, 10));
  }
}
