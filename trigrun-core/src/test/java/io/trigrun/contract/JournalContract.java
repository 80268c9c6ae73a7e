package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static io.trigrun.contract.TestTransition.checkpoint;
import static io.trigrun.contract.TestTransition.end;
import static io.trigrun.contract.TestTransition.park;
import static io.trigrun.contract.TestTransition.retry;
import static io.trigrun.contract.TestTransition.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.PurgeRequest;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Journals: appended with the transition that brings the entries, or not at all, and once. */
public abstract class JournalContract extends StoreContract {

  private static final JournalEntry FIRST = new JournalEntry(1, "{\"step\":\"a\"}");
  private static final JournalEntry SECOND = new JournalEntry(2, "{\"step\":\"b\"}");
  private static final JournalEntry THIRD = new JournalEntry(3, "{\"step\":\"c\"}");

  private List<JournalEntry> journal(ClaimedExecution claimed) {
    return store().journal(claimed.execution().id());
  }

  @Test
  void a_boundary_appends_and_the_run_goes_on() {
    ClaimedExecution claimed = running(execution());
    applied(checkpoint(claimed, "after a").journal(FIRST));
    applied(checkpoint(claimed, "after c").journal(SECOND, THIRD));
    Execution now = find(claimed.execution().id());
    assertThat(now.state()).isEqualTo(ExecutionState.RUNNING);
    assertThat(now.checkpoint()).contains("after c");
    assertThat(now.dueAt()).isEqualTo(LEASE_END);
    assertThat(now.node()).isEqualTo(claimed.execution().node());
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND, THIRD);
    assertThat(store().extendLeases(List.of(claimed.lease()), LEASE_END)).isEmpty();
  }

  @Test
  void a_journal_is_read_by_number_whatever_the_order_it_came_in() {
    ClaimedExecution claimed = running(execution());
    applied(checkpoint(claimed, "notes").journal(THIRD, FIRST));
    applied(succeed(claimed).journal(SECOND));
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void there_is_none_of_who_has_left_nothing_or_never_was() {
    ClaimedExecution claimed = running(execution());
    applied(checkpoint(claimed, "notes"));
    assertThat(journal(claimed)).isEmpty();
    assertThat(store().journal(TestExecution.nextId())).isEmpty();
  }

  @Test
  void every_execution_has_a_journal_of_its_own() {
    enqueue(execution(), execution());
    List<ClaimedExecution> claimed = claim(NOW);
    applyAll(
        checkpoint(claimed.get(0), "a").journal(FIRST),
        checkpoint(claimed.get(1), "b").journal(new JournalEntry(1, "\"other\""), SECOND));
    assertThat(journal(claimed.get(0))).containsExactly(FIRST);
    assertThat(journal(claimed.get(1))).containsExactly(new JournalEntry(1, "\"other\""), SECOND);
  }

  @ParameterizedTest
  @EnumSource
  void every_transition_may_append(ExecutionState state) {
    ClaimedExecution claimed = running(execution());
    applied(checkpoint(claimed, "before").journal(FIRST));
    applied(end(state, claimed).due(LEASE_END).notes("notes").journal(SECOND, THIRD));
    assertThat(stateOf(claimed.execution().id())).isEqualTo(state);
    assertThat(find(claimed.execution().id()).checkpoint()).contains("notes");
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND, THIRD);
  }

  @ParameterizedTest
  @EnumSource
  void a_number_that_is_there_already_is_passed_over(ExecutionState state) {
    ClaimedExecution claimed = running(execution());
    applied(checkpoint(claimed, "before").journal(FIRST));
    applied(end(state, claimed).due(LEASE_END).journal(SECOND, new JournalEntry(1, "\"another\"")));
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND);
  }

  @ParameterizedTest
  @EnumSource
  void a_stale_lease_appends_nothing(ExecutionState state) {
    ClaimedExecution claimed = running(execution());
    TestExecution next = execution();
    ClaimedExecution other = claimOne(LEASE_END);
    assertThat(
            apply(
                end(state, claimed)
                    .due(LEASE_END)
                    .notes("stale")
                    .journal(FIRST)
                    .with(WriteSet.enqueue(List.of(next.build())).plus(named("a").create()))))
        .isEqualTo(new Applied.LeaseLost());
    assertThat(find(claimed.execution().id())).isEqualTo(other.execution());
    assertThat(journal(claimed)).isEmpty();
    assertThat(store().findExecutions(List.of(next.id()))).isEmpty();
    assertThat(store().findDefinitionByName("workspace", "kind", "a")).isEmpty();
  }

  @Test
  void what_was_cancelled_appends_nothing() {
    ClaimedExecution claimed = running(execution());
    cancel(claimed.execution().id());
    assertThat(apply(checkpoint(claimed, "notes").journal(FIRST)))
        .isEqualTo(new Applied.LeaseLost());
    assertThat(journal(claimed)).isEmpty();
  }

  @Test
  void a_boundary_takes_all_that_goes_with_it_along() {
    ClaimedExecution claimed = running(execution());
    TestExecution next = execution();
    TestExecution unwanted = execution().due(NOW.plusSeconds(999));
    TestDefinition definition = named("a");
    enqueue(unwanted);
    assertThat(
            apply(
                checkpoint(claimed, "notes")
                    .journal(FIRST)
                    .with(
                        WriteSet.enqueue(List.of(next.build()))
                            .plus(definition.create())
                            .plus(cancellation(NOW, unwanted.id())))))
        .isEqualTo(new Applied.Done(List.of(new Enqueued(next.id(), false))));
    assertThat(stateOf(claimed.execution().id())).isEqualTo(ExecutionState.RUNNING);
    assertThat(journal(claimed)).containsExactly(FIRST);
    assertThat(stateOf(next.id())).isEqualTo(ExecutionState.PENDING);
    assertThat(stateOf(unwanted.id())).isEqualTo(ExecutionState.CANCELLED);
    assertThat(store().findDefinitions(List.of(definition.id()))).hasSize(1);
  }

  @Test
  void a_refused_boundary_leaves_nothing_and_may_come_again() {
    ClaimedExecution claimed = running(execution());
    store().wake(wakeUp(claimed.execution().id(), "key", "1"));
    stored(named("a").create());
    TestExecution next = execution();
    WriteSet enqueue = WriteSet.enqueue(List.of(next.build()));
    assertThat(
            apply(
                checkpoint(claimed, "notes")
                    .journal(FIRST)
                    .consuming("key")
                    .with(enqueue.plus(named("a").create()))))
        .isInstanceOf(Applied.Refused.class);
    assertThat(find(claimed.execution().id())).isEqualTo(claimed.execution());
    assertThat(journal(claimed)).isEmpty();
    assertThat(store().wakeUps(claimed.execution().id())).hasSize(1);
    assertThat(store().findExecutions(List.of(next.id()))).isEmpty();

    applied(checkpoint(claimed, "notes").journal(FIRST).consuming("key").with(enqueue));
    assertThat(journal(claimed)).containsExactly(FIRST);
    assertThat(store().wakeUps(claimed.execution().id())).isEmpty();
  }

  @Test
  void a_boundary_whose_acknowledgement_was_lost_may_be_repeated() {
    ClaimedExecution claimed = running(execution());
    TestExecution holder = execution().uniqueWhileLive("key").due(NOW.plusSeconds(99));
    TestExecution next = execution().due(NOW.plusSeconds(99));
    TestExecution duplicate = execution().uniqueWhileLive("key");
    enqueue(holder);
    TestTransition boundary =
        checkpoint(claimed, "notes")
            .journal(FIRST, SECOND)
            .with(
                WriteSet.enqueue(List.of(next.build(), duplicate.build()))
                    .plus(named("a").create()));
    Applied first = apply(boundary);
    assertThat(first)
        .isEqualTo(
            new Applied.Done(
                List.of(new Enqueued(next.id(), false), new Enqueued(holder.id(), true))));
    Execution after = find(claimed.execution().id());
    assertThat(apply(boundary)).isEqualTo(first);
    assertThat(find(claimed.execution().id())).isEqualTo(after);
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND);
    assertThat(store().listExecutions(ExecutionQuery.all("workspace")).items()).hasSize(3);
  }

  @Test
  void a_boundary_that_comes_again_after_the_next_one_undoes_nothing() {
    ClaimedExecution claimed = running(execution());
    TestExecution holder = execution().uniqueWhileLive("key").due(NOW.plusSeconds(99));
    TestExecution duplicate = execution().uniqueWhileLive("key");
    enqueue(holder);
    TestTransition boundary =
        checkpoint(claimed, "after a")
            .journal(FIRST)
            .with(WriteSet.enqueue(List.of(duplicate.build())));
    applied(boundary);
    applied(checkpoint(claimed, "after b").journal(SECOND));
    cancel(holder.id());
    applied(boundary);
    assertThat(find(claimed.execution().id()).checkpoint()).contains("after b");
    assertThat(store().findExecutions(List.of(duplicate.id()))).isEmpty();
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND);
  }

  @Test
  void the_boundaries_of_a_batch_may_build_on_each_other_and_repeat() {
    ClaimedExecution claimed = running(execution());
    assertThat(
            applyAll(
                checkpoint(claimed, "after a").journal(FIRST),
                checkpoint(claimed, "after b").journal(SECOND),
                checkpoint(claimed, "after a").journal(FIRST),
                succeed(claimed).journal(THIRD)))
        .hasOnlyElementsOfType(Applied.Done.class);
    assertThat(find(claimed.execution().id()).checkpoint()).contains("after b");
    assertThat(journal(claimed)).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void of_a_batch_of_all_kinds_each_is_treated_by_itself() {
    enqueue(Stream.generate(TestExecution::execution).limit(6).toList());
    List<ClaimedExecution> claimed = claim(NOW);
    TestExecution next = execution().due(NOW.plusSeconds(99));
    TestExecution last = execution().due(NOW.plusSeconds(99));
    cancel(claimed.get(2).execution().id());
    List<Applied> results =
        applyAll(
            checkpoint(claimed.get(0), "0")
                .journal(FIRST)
                .with(WriteSet.enqueue(List.of(next.build()))),
            succeed(claimed.get(1)).journal(FIRST),
            checkpoint(claimed.get(2), "2").journal(FIRST),
            park(claimed.get(3), NOW.plusSeconds(99), "key").journal(FIRST),
            retry(claimed.get(4), NOW.plusSeconds(99)).journal(FIRST),
            succeed(claimed.get(5)).with(WriteSet.enqueue(List.of(last.build()))));
    assertThat(results)
        .containsExactly(
            new Applied.Done(List.of(new Enqueued(next.id(), false))),
            new Applied.Done(List.of()),
            new Applied.LeaseLost(),
            new Applied.Done(List.of()),
            new Applied.Done(List.of()),
            new Applied.Done(List.of(new Enqueued(last.id(), false))));
    assertThat(claimed).extracting(one -> journal(one).size()).containsExactly(1, 1, 0, 1, 1, 0);
  }

  @Test
  void a_large_batch_of_boundaries_is_applied_whole() {
    enqueue(Stream.generate(TestExecution::execution).limit(200).toList());
    List<ClaimedExecution> claimed = claim(request(NOW, 200)).executions();
    assertThat(
            applyAll(
                claimed.stream()
                    .map(one -> checkpoint(one, "notes").journal(FIRST, SECOND))
                    .toArray(TestTransition[]::new)))
        .hasSize(200)
        .hasOnlyElementsOfType(Applied.Done.class);
    assertThat(claimed).allSatisfy(one -> assertThat(journal(one)).hasSize(2));
  }

  @Test
  void crashes_are_counted_from_the_number_that_a_boundary_says() {
    ClaimedExecution claimed = running(execution());
    ClaimedExecution second = claimOne(LEASE_END);
    ClaimedExecution third = claimOne(LEASE_END.plusSeconds(60));
    assertThat(third.execution().attempt()).isEqualTo(3);
    applied(checkpoint(third, "notes").numbered(1).journal(FIRST));
    assertThat(find(claimed.execution().id()).attempt()).isEqualTo(1);
    assertThat(claimOne(LEASE_END.plusSeconds(120)).execution().attempt()).isEqualTo(2);
    assertThat(second.lease()).isNotEqualTo(third.lease());
  }

  @Test
  void a_boundary_never_moves_the_end_of_the_lease_back() {
    ClaimedExecution claimed = running(execution());
    store().extendLeases(List.of(claimed.lease()), NOW.plusSeconds(600));
    applied(checkpoint(claimed, "notes").due(LEASE_END).journal(FIRST));
    assertThat(find(claimed.execution().id()).dueAt()).isEqualTo(NOW.plusSeconds(600));
    applied(checkpoint(claimed, "notes").due(NOW.plusSeconds(700)).journal(SECOND));
    assertThat(find(claimed.execution().id()).dueAt()).isEqualTo(NOW.plusSeconds(700));
    assertThat(claim(NOW.plusSeconds(699))).isEmpty();
    assertThat(claimOne(NOW.plusSeconds(700)).execution().checkpoint()).contains("notes");
  }

  @Test
  void a_long_journal_with_any_text_comes_back_as_it_was() {
    ClaimedExecution claimed = running(execution());
    String text = "\"" + "\u00e9\ud83d\ude00'\\\\ {},".repeat(20_000) + "\"";
    List<JournalEntry> all =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> new JournalEntry(i, i % 20 == 0 ? text : "\"" + i + "\""))
            .toList();
    for (JournalEntry one : all) {
      applied(checkpoint(claimed, "after " + one.number()).journal(one));
    }
    assertThat(journal(claimed)).isEqualTo(all);
  }

  @Test
  void revival_keeps_the_journal_and_the_notes() {
    ClaimedExecution claimed = running(execution());
    UUID id = claimed.execution().id();
    applied(end(ExecutionState.FAILED, claimed).notes("after a").journal(FIRST));
    assertThat(store().revive(id, NOW)).isTrue();
    ClaimedExecution again = claimOne(NOW);
    assertThat(again.execution().checkpoint()).contains("after a");
    assertThat(journal(again)).containsExactly(FIRST);
    applied(succeed(again).journal(SECOND));
    assertThat(journal(again)).containsExactly(FIRST, SECOND);
  }

  @Test
  void it_is_forgotten_with_its_execution() {
    ClaimedExecution claimed = running(execution());
    applied(succeed(claimed).journal(FIRST));
    PurgeRequest all =
        new PurgeRequest(
            Optional.empty(), Set.of(ExecutionState.SUCCEEDED), NOW.plusSeconds(99), 10);
    assertThat(store().purge(all)).isEqualTo(1);
    assertThat(journal(claimed)).isEmpty();
    assertThat(store().wakeUps(claimed.execution().id())).isEmpty();
  }
}
