package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.checkpoint;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cancellations: what is live ends, what has ended stays. */
public abstract class CancelContract extends StoreContract {

  @Test
  void a_pending_execution_is_cancelled() {
    TestExecution given = execution();
    enqueue(given);
    assertThat(cancel(given.id())).containsExactly(given.id());
    Execution cancelled = find(given.id());
    assertThat(cancelled.state()).isEqualTo(ExecutionState.CANCELLED);
    assertThat(cancelled.failure()).contains(TestTransition.FAILURE);
    assertThat(cancelled.finishedAt()).contains(NOW);
    assertThat(cancelled.dueAt()).isEqualTo(NOW);
    assertThat(claim(NOW.plusSeconds(9))).isEmpty();
  }

  @Test
  void a_cancelled_run_has_lost_its_lease() {
    ClaimedExecution claimed = running(execution());
    cancel(claimed.execution().id());
    Execution cancelled = find(claimed.execution().id());
    assertThat(cancelled.lease()).isGreaterThan(claimed.execution().lease());
    assertThat(apply(succeed(claimed))).isEqualTo(new Applied.LeaseLost());
    assertThat(apply(checkpoint(claimed, "notes"))).isEqualTo(new Applied.LeaseLost());
    assertThat(store().extendLeases(List.of(claimed.lease()), LEASE_END))
        .containsExactly(claimed.lease());
    assertThat(find(claimed.execution().id())).isEqualTo(cancelled);
  }

  @Test
  void what_has_ended_or_never_was_is_left_alone() {
    ClaimedExecution claimed = running(execution());
    applied(succeed(claimed));
    Execution ended = find(claimed.execution().id());
    assertThat(cancel(ended.id(), TestExecution.nextId())).isEmpty();
    assertThat(find(ended.id())).isEqualTo(ended);
  }

  @Test
  void cancelling_twice_changes_nothing_more() {
    TestExecution given = execution();
    enqueue(given);
    assertThat(cancel(given.id(), given.id())).containsExactly(given.id());
    Execution cancelled = find(given.id());
    assertThat(stored(cancellation(NOW.plusSeconds(9), given.id())).cancelled()).isEmpty();
    assertThat(find(given.id())).isEqualTo(cancelled);
  }
}
