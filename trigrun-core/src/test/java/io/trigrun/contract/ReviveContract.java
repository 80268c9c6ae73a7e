package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.attempt;
import static io.trigrun.contract.TestTransition.end;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.Enqueued;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Revival: what has ended may begin again. */
public abstract class ReviveContract extends StoreContract {

  private static final Instant LATER = NOW.plusSeconds(100);

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void a_finished_execution_becomes_pending_with_its_history(ExecutionState state) {
    Attempt first = attempt(1, AttemptStatus.HTTP_ERROR);
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    applied(end(state, claimed).notes("notes").recording(first));
    assertThat(store().revive(id, LATER)).isTrue();
    Execution revived = find(id);
    assertThat(revived.state()).isEqualTo(ExecutionState.PENDING);
    assertThat(revived.dueAt()).isEqualTo(LATER);
    assertThat(revived.attempt()).isZero();
    assertThat(revived.finishedAt()).isEmpty();
    assertThat(revived.failure()).isEmpty();
    assertThat(revived.checkpoint()).contains("notes");
    assertThat(store().attempts(id)).containsExactly(first);

    ClaimedExecution again = claimOne(LATER);
    assertThat(again.reason()).isEqualTo(Reason.DUE);
    assertThat(again.execution().attempt()).isEqualTo(1);
    assertThat(again.execution().lease()).isGreaterThan(claimed.execution().lease());
    Attempt second = attempt(1, AttemptStatus.SUCCESS);
    applied(succeed(again).recording(second));
    assertThat(store().attempts(id)).containsExactly(first, second);
  }

  @Test
  void what_is_live_or_never_was_is_left_alone() {
    TestExecution given = execution();
    enqueue(given);
    assertThat(store().revive(given.id(), LATER)).isFalse();
    assertThat(find(given.id()).dueAt()).isEqualTo(NOW);
    assertThat(store().revive(TestExecution.nextId(), LATER)).isFalse();
  }

  @Test
  void a_unique_key_that_was_taken_meanwhile_forbids_it() {
    ClaimedExecution claimed = running(execution().uniqueWhileLive("key"));
    UUID id = claimed.execution().id();
    applied(succeed(claimed));
    TestExecution next = execution().uniqueWhileLive("key");
    enqueue(next);
    Execution ended = find(id);
    assertThat(store().revive(id, LATER)).isFalse();
    assertThat(find(id)).isEqualTo(ended);
    cancel(next.id());
    assertThat(store().revive(id, LATER)).isTrue();
    assertThat(enqueue(execution().uniqueWhileLive("key"))).containsExactly(new Enqueued(id, true));
  }

  @Test
  void its_own_key_does_not_stand_in_the_way() {
    ClaimedExecution claimed = running(execution().uniqueWhileKept("key"));
    applied(succeed(claimed));
    assertThat(store().revive(claimed.execution().id(), LATER)).isTrue();
  }

  @Test
  void a_cancelled_one_that_had_been_woken_starts_with_its_first_attempt() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    applied(park(claimed, LATER, "key"));
    store().wake(wakeUp(id, "key", "1"));
    cancel(id);
    store().revive(id, LATER);
    assertThat(claimOne(LATER).execution().attempt()).isEqualTo(1);
  }

  @Test
  void a_revived_execution_needs_a_slot_again() {
    ClaimedExecution claimed = running(execution().limited("key", 1));
    applied(succeed(claimed));
    ClaimedExecution next = running(execution().limited("key", 1));
    store().revive(claimed.execution().id(), NOW);
    assertThat(claim(NOW)).isEmpty();
    applied(succeed(next));
    assertThat(claimOne(NOW).execution().id()).isEqualTo(claimed.execution().id());
  }

  @Test
  void an_end_that_is_repeated_after_the_revival_ends_nothing() {
    ClaimedExecution claimed = running(execution());
    applied(succeed(claimed));
    store().revive(claimed.execution().id(), LATER);
    Execution revived = find(claimed.execution().id());
    apply(succeed(claimed));
    assertThat(find(claimed.execution().id())).isEqualTo(revived);
  }
}
