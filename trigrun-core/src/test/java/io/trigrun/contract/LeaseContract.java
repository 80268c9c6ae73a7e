package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.attempt;
import static io.trigrun.contract.TestTransition.end;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.AttemptStatus;
import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Lease;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Leases: who holds one may write, and nobody else. */
public abstract class LeaseContract extends StoreContract {

  @Test
  void a_lease_that_ended_goes_to_the_next_node() {
    ClaimedExecution lost = running(execution());
    assertThat(claim(LEASE_END.minusNanos(1_000))).isEmpty();
    ClaimedExecution taken = claimOne(LEASE_END);
    assertThat(taken.reason()).isEqualTo(Reason.LEASE_EXPIRED);
    assertThat(taken.dueAt()).isEqualTo(LEASE_END);
    assertThat(taken.execution().lease()).isEqualTo(lost.execution().lease() + 1);
    assertThat(taken.execution().attempt()).isEqualTo(2);
  }

  @Test
  void a_stale_lease_changes_nothing() {
    ClaimedExecution stale = running(execution());
    ClaimedExecution current = claimOne(LEASE_END);
    TestExecution followUp = execution();
    for (ExecutionState state : ExecutionState.values()) {
      TestTransition late =
          end(state, stale)
              .output("{}")
              .notes("notes")
              .progress(0.5)
              .recording(attempt(1, AttemptStatus.SUCCESS))
              .with(WriteSet.enqueue(List.of(followUp.build())).plus(named("a").create()));
      assertThat(apply(late)).isEqualTo(new Applied.LeaseLost());
    }
    assertThat(find(current.execution().id())).isEqualTo(current.execution());
    assertThat(store().attempts(current.execution().id())).isEmpty();
    assertThat(store().findExecutions(List.of(followUp.id()))).isEmpty();
    assertThat(store().listDefinitions(DefinitionQuery.of("workspace", "kind")).items()).isEmpty();
    applied(succeed(current));
  }

  @Test
  void an_ended_lease_that_nobody_took_over_still_writes() {
    ClaimedExecution late = running(execution());
    applied(succeed(late).at(LEASE_END.plusSeconds(1)));
    assertThat(stateOf(late.execution().id())).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_lease_of_an_unknown_execution_is_lost() {
    Lease unknown = new Lease(TestExecution.nextId(), 1);
    assertThat(store().extendLeases(List.of(unknown), LEASE_END)).containsExactly(unknown);
    assertThat(
            store().apply(List.of(Transition.to(ExecutionState.SUCCEEDED, unknown, 1, NOW, NOW))))
        .containsExactly(new Applied.LeaseLost());
  }

  @Test
  void an_extended_lease_ends_later() {
    ClaimedExecution claimed = running(execution());
    Instant later = LEASE_END.plusSeconds(60);
    assertThat(store().extendLeases(List.of(claimed.lease()), later)).isEmpty();
    assertThat(store().extendLeases(List.of(claimed.lease()), later)).isEmpty();
    assertThat(claim(LEASE_END)).isEmpty();
    assertThat(find(claimed.execution().id()).dueAt()).isEqualTo(later);
    assertThat(claimOne(later).reason()).isEqualTo(Reason.LEASE_EXPIRED);
  }

  @Test
  void leases_that_are_not_held_any_more_are_reported() {
    ClaimedExecution held = running(execution());
    ClaimedExecution finished = running(execution());
    ClaimedExecution parked = running(execution());
    ClaimedExecution cancelled = running(execution());
    applied(succeed(finished));
    applied(park(parked, LEASE_END, "key"));
    cancel(cancelled.execution().id());
    Instant later = LEASE_END.plusSeconds(9);
    assertThat(
            store()
                .extendLeases(
                    Stream.of(finished, held, parked, cancelled)
                        .map(ClaimedExecution::lease)
                        .toList(),
                    later))
        .containsExactlyInAnyOrder(finished.lease(), parked.lease(), cancelled.lease());
    assertThat(find(held.execution().id()).dueAt()).isEqualTo(later);
    assertThat(find(parked.execution().id()).dueAt()).isEqualTo(LEASE_END);
    assertThat(find(finished.execution().id()).dueAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void a_node_that_was_taken_over_learns_it_when_it_extends() {
    ClaimedExecution stale = running(execution());
    ClaimedExecution current = claimOne(LEASE_END);
    assertThat(store().extendLeases(List.of(stale.lease(), current.lease()), LEASE_END))
        .containsExactly(stale.lease());
  }

  @Test
  void a_lease_that_is_extended_a_thousand_times_is_still_one() {
    ClaimedExecution claimed = running(execution());
    for (int i = 1; i <= 1_000; i++) {
      store().extendLeases(List.of(claimed.lease()), LEASE_END.plusSeconds(i));
    }
    assertThat(claim(LEASE_END.plusSeconds(999))).isEmpty();
    assertThat(claim(LEASE_END.plusSeconds(1_000))).hasSize(1);
    assertThat(claim(LEASE_END.plusSeconds(1_000))).isEmpty();
  }
}
