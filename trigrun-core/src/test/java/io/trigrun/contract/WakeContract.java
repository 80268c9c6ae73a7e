package io.trigrun.contract;

import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.checkpoint;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.ClaimedExecution.Reason;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Waits and what ends them: the first wake-up wins, and none is lost. */
public abstract class WakeContract extends StoreContract {

  @Test
  void a_parked_execution_goes_on_when_it_is_woken() {
    ClaimedExecution claimed = parked("key");
    WakeUp input = wakeUp(claimed.execution().id(), "key", "{\"ok\":true}");
    assertThat(claim(NOW.plusSeconds(9))).isEmpty();
    assertThat(store().wake(input)).isEqualTo(new WakeResult.Woken());
    assertThat(stateOf(claimed.execution().id())).isEqualTo(ExecutionState.PENDING);
    ClaimedExecution woken = claimOne(input.at());
    assertThat(woken.reason()).isEqualTo(Reason.DUE);
    assertThat(woken.wakeUps()).containsExactly(input);
    assertThat(woken.execution().lease()).isEqualTo(2);
  }

  @Test
  void going_on_is_no_new_attempt_but_starting_over_is() {
    ClaimedExecution claimed = parked("key");
    store().wake(wakeUp(claimed.execution().id(), "key", "1"));
    ClaimedExecution woken = claimOne(NOW.plusSeconds(1));
    assertThat(woken.execution().attempt()).isEqualTo(1);
    ClaimedExecution again = claimOne(NOW.plusSeconds(90));
    assertThat(again.reason()).isEqualTo(Reason.LEASE_EXPIRED);
    assertThat(again.execution().attempt()).isEqualTo(2);
  }

  @Test
  void a_wake_up_before_the_park_is_kept_for_it() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    WakeUp early = wakeUp(id, "key", "1");
    assertThat(store().wake(early)).isEqualTo(new WakeResult.Kept());
    assertThat(find(id)).isEqualTo(claimed.execution());
    applied(park(claimed, NOW.plusSeconds(60), "other", "key").at(NOW.plusSeconds(2)));
    assertThat(stateOf(id)).isEqualTo(ExecutionState.PENDING);
    ClaimedExecution woken = claimOne(NOW.plusSeconds(2));
    assertThat(woken.wakeUps()).containsExactly(early);
    assertThat(woken.execution().attempt()).isEqualTo(1);
  }

  @Test
  void a_wake_up_before_the_first_run_is_kept_too() {
    TestExecution given = execution();
    enqueue(given);
    WakeUp early = wakeUp(given.id(), "key", "1");
    assertThat(store().wake(early)).isEqualTo(new WakeResult.Kept());
    assertThat(claimOne(NOW).wakeUps()).containsExactly(early);
  }

  @Test
  void the_first_wake_up_wins_and_the_others_learn_who_did() {
    ClaimedExecution claimed = parked("key");
    UUID id = claimed.execution().id();
    WakeUp winner = wakeUp(id, "key", "1");
    store().wake(winner);
    WakeResult lost = new WakeResult.Lost(winner);
    assertThat(store().wake(wakeUp(id, "key", "2"))).isEqualTo(lost);
    assertThat(store().wake(winner)).as("repeated, it names itself").isEqualTo(lost);
    applied(succeed(claimOne(NOW.plusSeconds(1))).consuming("key"));
    assertThat(store().wake(wakeUp(id, "key", "3"))).isEqualTo(lost);
  }

  @Test
  void of_64_who_wake_at_once_one_wins() throws Exception {
    UUID id = parked("key").execution().id();
    List<WakeResult> results =
        Crowd.rush(64, i -> store().wake(wakeUp(id, "key", String.valueOf(i))));
    assertThat(results).filteredOn(WakeResult.Woken.class::isInstance).hasSize(1);
    WakeUp winner = claimOne(NOW.plusSeconds(1)).wakeUps().get(0);
    assertThat(results)
        .filteredOn(WakeResult.Lost.class::isInstance)
        .hasSize(63)
        .containsOnly(new WakeResult.Lost(winner));
  }

  @Test
  void an_input_survives_a_crash_until_it_is_consumed() {
    ClaimedExecution claimed = parked("key");
    WakeUp input = wakeUp(claimed.execution().id(), "key", "1");
    store().wake(input);
    claimOne(NOW.plusSeconds(1));
    ClaimedExecution second = claimOne(NOW.plusSeconds(61));
    assertThat(second.wakeUps()).containsExactly(input);
    applied(checkpoint(second, "dealt with").consuming("key"));
    assertThat(claimOne(NOW.plusSeconds(500)).wakeUps()).isEmpty();
  }

  @Test
  void a_consumed_wake_up_does_not_end_another_park() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    store().wake(wakeUp(id, "key", "1"));
    applied(park(claimed, NOW.plusSeconds(60), "key").consuming("key"));
    assertThat(stateOf(id)).isEqualTo(ExecutionState.WAITING);
    assertThat(store().wake(wakeUp(id, "key", "2"))).isInstanceOf(WakeResult.Lost.class);
  }

  @Test
  void any_of_several_keys_wakes_and_the_inputs_come_oldest_first() {
    ClaimedExecution claimed = parked("b", "a");
    UUID id = claimed.execution().id();
    WakeUp unrelated = new WakeUp(id, "c", "0", NOW);
    WakeUp first = new WakeUp(id, "b", "1", NOW.plusSeconds(1));
    WakeUp second = new WakeUp(id, "a", "2", NOW.plusSeconds(2));
    assertThat(store().wake(unrelated)).isEqualTo(new WakeResult.Kept());
    assertThat(stateOf(id)).isEqualTo(ExecutionState.WAITING);
    assertThat(store().wake(first)).isEqualTo(new WakeResult.Woken());
    assertThat(store().wake(second)).isEqualTo(new WakeResult.Kept());
    assertThat(claimOne(NOW.plusSeconds(2)).wakeUps()).containsExactly(unrelated, first, second);
  }

  @Test
  void what_no_transition_has_consumed_can_be_read_oldest_first() {
    ClaimedExecution claimed = parked("b");
    UUID id = claimed.execution().id();
    WakeUp first = new WakeUp(id, "b", "1", NOW.plusSeconds(1));
    WakeUp second = new WakeUp(id, "a", "2", NOW.plusSeconds(2));
    assertThat(store().wakeUps(id)).isEmpty();
    store().wake(first);
    store().wake(second);
    assertThat(store().wakeUps(id)).containsExactly(first, second);
    ClaimedExecution woken = claimOne(NOW.plusSeconds(2));
    assertThat(store().wakeUps(id)).as("a claim consumes nothing").hasSize(2);
    applied(checkpoint(woken, "dealt with").consuming("b", "unknown"));
    assertThat(store().wakeUps(id)).containsExactly(second);
    applied(succeed(woken).consuming("a"));
    assertThat(store().wakeUps(id)).isEmpty();
    assertThat(store().wakeUps(TestExecution.nextId())).isEmpty();
  }

  @Test
  void who_has_won_a_wait_can_be_read_for_ever() {
    ClaimedExecution claimed = parked("a");
    UUID id = claimed.execution().id();
    WakeUp first = wakeUp(id, "a", "1");
    assertThat(store().winner(id, "a")).isEmpty();
    store().wake(first);
    store().wake(wakeUp(id, "a", "2"));
    assertThat(store().winner(id, "a")).contains(first);
    applied(succeed(claimOne(NOW.plusSeconds(2))).consuming("a"));
    assertThat(store().winner(id, "a")).contains(first);
    assertThat(store().winner(id, "b")).isEmpty();
    assertThat(store().winner(TestExecution.nextId(), "a")).isEmpty();
  }

  @Test
  void who_was_woken_before_may_park_again_and_is_woken_by_what_came_early() {
    ClaimedExecution claimed = parked("a");
    UUID id = claimed.execution().id();
    store().wake(wakeUp(id, "a", "1"));
    ClaimedExecution woken = claimOne(NOW.plusSeconds(1));
    store().wake(wakeUp(id, "b", "2"));
    applied(park(woken, NOW.plusSeconds(60), "c").consuming("a"));
    assertThat(stateOf(id)).isEqualTo(ExecutionState.WAITING);
    store().wake(wakeUp(id, "c", "3"));
    ClaimedExecution again = claimOne(NOW.plusSeconds(1));
    applied(park(again, NOW.plusSeconds(60), "b").consuming("c").at(NOW.plusSeconds(1)));
    assertThat(stateOf(id)).isEqualTo(ExecutionState.PENDING);
    assertThat(claimOne(NOW.plusSeconds(1)).wakeUps()).containsExactly(wakeUp(id, "b", "2"));
  }

  @Test
  void a_wait_that_timed_out_is_handed_out_as_such() {
    ClaimedExecution claimed = running(execution());
    applied(park(claimed, NOW.plusSeconds(30), "key"));
    assertThat(claim(NOW.plusSeconds(29))).isEmpty();
    ClaimedExecution expired = claimOne(NOW.plusSeconds(30));
    assertThat(expired.reason()).isEqualTo(Reason.WAIT_EXPIRED);
    assertThat(expired.dueAt()).isEqualTo(NOW.plusSeconds(30));
    assertThat(expired.execution().attempt()).isEqualTo(1);
    assertThat(expired.wakeUps()).isEmpty();
    assertThat(store().wake(wakeUp(claimed.execution().id(), "key", "1")))
        .as("too late to wake, but kept")
        .isEqualTo(new WakeResult.Kept());
  }

  @Test
  void nobody_wakes_what_has_ended_or_never_was() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    applied(succeed(claimed));
    assertThat(store().wake(wakeUp(id, "key", "1")))
        .isEqualTo(new WakeResult.Ended(ExecutionState.SUCCEEDED));
    assertThat(store().wake(wakeUp(TestExecution.nextId(), "key", "1")))
        .isEqualTo(new WakeResult.Unknown());
    assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_parked_execution_can_be_cancelled() {
    UUID id = parked("key").execution().id();
    assertThat(cancel(id)).containsExactly(id);
    assertThat(store().wake(wakeUp(id, "key", "1")))
        .isEqualTo(new WakeResult.Ended(ExecutionState.CANCELLED));
    assertThat(claim(NOW.plusSeconds(9_999))).isEmpty();
  }

  private ClaimedExecution parked(String... keys) {
    ClaimedExecution claimed = running(execution());
    applied(park(claimed, NOW.plusSeconds(3_600), keys));
    return claimed;
  }
}
