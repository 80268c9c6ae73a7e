package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.attempt;
import static io.trigrun.contract.TestTransition.checkpoint;
import static io.trigrun.contract.TestTransition.end;
import static io.trigrun.contract.TestTransition.retry;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Progress;
import io.trigrun.StoreSession;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transitions: what they leave behind, alone and in company. */
public abstract class ApplyContract extends StoreContract {

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void a_final_state_ends_the_execution(ExecutionState state) {
    ClaimedExecution claimed = running(execution());
    applied(end(state, claimed));
    Execution ended = find(claimed.execution().id());
    assertThat(ended.state()).isEqualTo(state);
    assertThat(ended.finishedAt()).contains(NOW.plusSeconds(1));
    assertThat(ended.dueAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(ended.failure().isPresent()).isEqualTo(state != ExecutionState.SUCCEEDED);
    assertThat(claim(NOW.plusSeconds(9_999))).isEmpty();
  }

  @Test
  void a_retry_waits_until_it_is_due() {
    ClaimedExecution claimed = running(execution());
    applied(retry(claimed, NOW.plusSeconds(5)));
    Execution pending = find(claimed.execution().id());
    assertThat(pending.state()).isEqualTo(ExecutionState.PENDING);
    assertThat(pending.dueAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(pending.failure()).contains(TestTransition.FAILURE);
    assertThat(pending.finishedAt()).isEmpty();
    assertThat(claim(NOW.plusSeconds(4))).isEmpty();
    assertThat(claim(NOW.plusSeconds(5))).hasSize(1);
  }

  @Test
  void output_notes_and_progress_stay_until_replaced_and_the_failure_does_not() {
    ClaimedExecution first = running(execution());
    applied(retry(first, NOW).output("1").notes("notes").progress(0.5));
    applied(retry(claimOne(NOW), NOW));
    Execution kept = find(first.execution().id());
    assertThat(kept.output()).contains("1");
    assertThat(kept.checkpoint()).contains("notes");
    assertThat(kept.progress()).contains(new Progress(0.5, "going on"));
    applied(succeed(claimOne(NOW)).output("2").notes("more").progress(1));
    Execution replaced = find(first.execution().id());
    assertThat(replaced.output()).contains("2");
    assertThat(replaced.checkpoint()).contains("more");
    assertThat(replaced.progress()).contains(new Progress(1, "going on"));
    assertThat(replaced.failure()).isEmpty();
  }

  @Test
  void attempts_are_recorded_oldest_first() {
    Attempt first = attempt(1, AttemptStatus.HTTP_ERROR);
    Attempt second = attempt(2, AttemptStatus.SUCCESS);
    ClaimedExecution claimed = running(execution());
    applied(retry(claimed, NOW).recording(first));
    applied(succeed(claimOne(NOW)).recording(second));
    assertThat(store().attempts(claimed.execution().id())).containsExactly(first, second);
    assertThat(store().attempts(TestExecution.nextId())).isEmpty();
  }

  @Test
  void an_attempt_is_recorded_once_under_a_lease() {
    Attempt record = attempt(1, AttemptStatus.HTTP_ERROR);
    ClaimedExecution claimed = running(execution());
    applied(checkpoint(claimed, "notes").recording(record));
    applied(checkpoint(claimed, "notes").recording(record));
    applied(succeed(claimed).recording(record));
    assertThat(store().attempts(claimed.execution().id())).containsExactly(record);
  }

  @Test
  void an_attempt_that_does_not_count_comes_again_with_its_number_and_both_are_recorded() {
    ClaimedExecution claimed = running(execution());
    Attempt limited = attempt(1, AttemptStatus.HTTP_ERROR);
    applied(retry(claimed, NOW).uncounted().recording(limited));
    assertThat(find(claimed.execution().id()).attempt()).isZero();
    ClaimedExecution again = claimOne(NOW);
    assertThat(again.execution().attempt()).isEqualTo(1);
    Attempt success = attempt(1, AttemptStatus.SUCCESS);
    applied(succeed(again).recording(success));
    assertThat(store().attempts(claimed.execution().id())).containsExactly(limited, success);
  }

  @Test
  void follow_ups_are_stored_with_the_transition() {
    ClaimedExecution claimed = running(execution().uniqueWhileLive("key"));
    TestExecution live = execution().due(NOW.plusSeconds(99));
    TestExecution next = execution().uniqueWhileLive("key").parent(claimed.execution().id());
    TestExecution duplicate = execution().uniqueWhileLive("key");
    enqueue(live);
    WriteSet followUps =
        WriteSet.enqueue(List.of(next.build(), duplicate.build()))
            .plus(named("a").create())
            .plus(cancellation(NOW, live.id()));
    assertThat(apply(succeed(claimed).with(followUps)))
        .isEqualTo(
            new Applied.Done(
                List.of(new Enqueued(next.id(), false), new Enqueued(next.id(), true))));
    assertThat(stateOf(next.id())).isEqualTo(ExecutionState.PENDING);
    assertThat(stateOf(live.id())).isEqualTo(ExecutionState.CANCELLED);
    assertThat(store().findDefinitionByName("workspace", "kind", "a")).isPresent();
  }

  @Test
  void refused_follow_ups_change_nothing_and_keep_the_lease() {
    TestDefinition holder = named("a");
    write(holder.save(1));
    ClaimedExecution claimed = running(execution());
    TestExecution next = execution();
    TestDefinition thief = named("a");
    TestTransition refused =
        succeed(claimed)
            .output("{}")
            .recording(attempt(1, AttemptStatus.SUCCESS))
            .with(
                WriteSet.enqueue(List.of(next.build()))
                    .plus(named("b").create())
                    .plus(thief.create()));
    assertThat(apply(refused))
        .isEqualTo(
            new Applied.Refused(
                new Conflict(thief.id(), Conflict.Reason.NAME_TAKEN, List.of(holder.id()))));
    assertThat(find(claimed.execution().id())).isEqualTo(claimed.execution());
    assertThat(store().attempts(claimed.execution().id())).isEmpty();
    assertThat(store().findExecutions(List.of(next.id()))).isEmpty();
    assertThat(store().findDefinitionByName("workspace", "kind", "b")).isEmpty();
    assertThat(store().extendLeases(List.of(claimed.lease()), LEASE_END)).isEmpty();
    applied(succeed(claimed));
  }

  @Test
  void a_session_that_is_not_the_stores_own_is_refused_and_nothing_is_applied() {
    ClaimedExecution claimed = running(execution());
    StoreSession foreign = new StoreSession() {};
    List<Transition> success = List.of(succeed(claimed).build());
    assertThatThrownBy(() -> store().apply(foreign, success))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(stateOf(claimed.execution().id())).isEqualTo(ExecutionState.RUNNING);
    assertThat(store().apply(StoreSession.own(), success))
        .containsExactly(new Applied.Done(List.of()));
    assertThat(stateOf(claimed.execution().id())).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void one_bad_transition_harms_no_other() {
    enqueue(execution(), execution(), execution());
    List<ClaimedExecution> claimed = claim(NOW);
    TestDefinition definition = named("a");
    cancel(claimed.get(1).execution().id());
    List<Applied> results =
        applyAll(
            succeed(claimed.get(0)).with(definition.create()),
            succeed(claimed.get(1)),
            succeed(claimed.get(2)).with(definition.create()));
    assertThat(results.get(0)).isEqualTo(new Applied.Done(List.of()));
    assertThat(results.get(1)).isEqualTo(new Applied.LeaseLost());
    assertThat(results.get(2)).isInstanceOf(Applied.Refused.class);
    assertThat(claimed)
        .extracting(one -> stateOf(one.execution().id()))
        .containsExactly(
            ExecutionState.SUCCEEDED, ExecutionState.CANCELLED, ExecutionState.RUNNING);
  }

  @Test
  void the_transitions_of_a_batch_may_build_on_each_other() {
    ClaimedExecution claimed = running(execution());
    assertThat(applyAll(checkpoint(claimed, "notes"), succeed(claimed)))
        .hasOnlyElementsOfType(Applied.Done.class);
    Execution ended = find(claimed.execution().id());
    assertThat(ended.state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(ended.checkpoint()).contains("notes");
  }

  @Test
  void a_large_batch_is_applied_whole() {
    enqueue(Stream.generate(TestExecution::execution).limit(300).toList());
    List<ClaimedExecution> claimed = claim(request(NOW, 300)).executions();
    TestTransition[] all =
        claimed.stream().map(TestTransition::succeed).toArray(TestTransition[]::new);
    assertThat(applyAll(all)).hasSize(300).hasOnlyElementsOfType(Applied.Done.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_transition_whose_acknowledgement_was_lost_may_be_repeated(ExecutionState state) {
    ClaimedExecution claimed = running(execution());
    TestExecution holder = execution().uniqueWhileLive("key").due(NOW.plusSeconds(99));
    enqueue(holder);
    TestExecution next = execution().due(NOW.plusSeconds(99));
    TestTransition transition =
        end(state, claimed)
            .due(LEASE_END)
            .recording(attempt(1, AttemptStatus.ERROR))
            .with(
                WriteSet.enqueue(
                    List.of(next.build(), execution().uniqueWhileLive("key").build())));
    Applied first = apply(transition);
    Execution after = find(claimed.execution().id());
    assertThat(first)
        .isEqualTo(
            new Applied.Done(
                List.of(new Enqueued(next.id(), false), new Enqueued(holder.id(), true))));
    assertThat(apply(transition)).isEqualTo(first);
    assertThat(find(claimed.execution().id())).isEqualTo(after);
    assertThat(store().attempts(claimed.execution().id())).hasSize(1);
    assertThat(store().listExecutions(ExecutionQuery.all("workspace")).items()).hasSize(3);
  }

  @Test
  void a_repeated_end_starts_no_follow_up_anew() {
    ClaimedExecution claimed = running(execution());
    TestExecution holder = execution().uniqueWhileLive("key");
    TestExecution duplicate = execution().uniqueWhileLive("key");
    TestExecution next = execution();
    enqueue(holder);
    TestTransition transition =
        succeed(claimed).with(WriteSet.enqueue(List.of(duplicate.build(), next.build())));
    applied(transition);
    cancel(holder.id(), next.id());
    store()
        .purge(
            new PurgeRequest(
                Optional.empty(), Set.of(ExecutionState.CANCELLED), NOW.plusSeconds(1), 10));
    assertThat(apply(transition)).isInstanceOf(Applied.Done.class);
    assertThat(store().findExecutions(List.of(duplicate.id(), next.id()))).isEmpty();
  }

  @Test
  void a_checkpoint_keeps_the_lease_and_never_shortens_it() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    applied(checkpoint(claimed, "1").due(LEASE_END.plusSeconds(1)));
    assertThat(find(id).dueAt()).isEqualTo(LEASE_END.plusSeconds(1));
    store().extendLeases(List.of(claimed.lease()), LEASE_END.plusSeconds(9));
    applied(checkpoint(claimed, "2").progress(0.2));
    Execution running = find(id);
    assertThat(running.state()).isEqualTo(ExecutionState.RUNNING);
    assertThat(running.lease()).isEqualTo(claimed.execution().lease());
    assertThat(running.checkpoint()).contains("2");
    assertThat(running.dueAt()).isEqualTo(LEASE_END.plusSeconds(9));
    assertThat(claimOne(LEASE_END.plusSeconds(9)).execution().checkpoint()).contains("2");
  }
}
