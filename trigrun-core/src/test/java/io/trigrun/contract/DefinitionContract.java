package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Definitions: compare-and-set, unique handles, owners and references, all or nothing. */
public abstract class DefinitionContract extends StoreContract {

  @Test
  void a_definition_is_found_as_it_was_saved() {
    TestDefinition owner = named("owner");
    TestDefinition definition = named("a").key("hash").ownedBy(owner.id()).referencing(owner.id());
    assertThat(write(owner.save(1), definition.save(1))).isInstanceOf(WriteResult.Stored.class);

    Definition saved = definition.version(1);
    assertThat(store().findDefinitions(List.of(definition.id(), TestExecution.nextId())))
        .containsExactly(saved);
    assertThat(store().findDefinitionByName(saved.workspace(), saved.kind(), "a")).contains(saved);
    assertThat(store().findDefinitionByKey(saved.kind(), "hash")).contains(saved);
  }

  @Test
  void the_latest_version_replaces_the_one_before() {
    TestDefinition definition = named("a").key("old");
    write(definition.save(1));
    write(definition.name("b").key("new").save(2));

    assertThat(store().findDefinitions(List.of(definition.id())))
        .containsExactly(definition.version(2));
    assertThat(byName("a")).isEmpty();
    assertThat(byName("b")).contains(definition.version(2));
    assertThat(store().findDefinitionByKey(TestDefinition.KIND, "old")).isEmpty();
    assertThat(store().findDefinitionByKey(TestDefinition.KIND, "new")).isPresent();
  }

  @Test
  void handles_come_stay_and_change_with_the_versions() {
    TestDefinition owner = named("owner");
    TestDefinition target = named("target");
    TestDefinition definition = named("a");
    write(owner.save(1), target.save(1), definition.save(1));
    assertReplaced(definition, 2);
    assertReplaced(definition.key("k").ownedBy(owner.id()), 3);
    assertReplaced(definition, 4);
    assertReplaced(definition.referencing(target.id()), 5);
    assertReplaced(definition, 6);
    assertReplaced(definition.referencing().key("l"), 7);
    assertReplaced(definition.volatileState(), 8);
    assertReplaced(definition.kind("other"), 9);
    assertThat(write(target.delete(1))).isInstanceOf(WriteResult.Stored.class);
  }

  private void assertReplaced(TestDefinition definition, long version) {
    assertThat(write(definition.save(version))).isInstanceOf(WriteResult.Stored.class);
    assertThat(store().findDefinitions(List.of(definition.id())))
        .containsExactly(definition.version(version));
  }

  @Test
  void the_creation_instant_is_kept_from_the_first_save() {
    TestDefinition definition = named("a");
    write(definition.save(1));
    write(definition.created(NOW.plusSeconds(9)).save(2));
    assertThat(store().findDefinitions(List.of(definition.id())))
        .extracting(Definition::createdAt)
        .containsExactly(NOW);
  }

  @Test
  void a_save_of_any_other_version_is_refused() {
    TestDefinition definition = named("a");
    assertRefused(write(definition.save(2)), definition, Conflict.Reason.VERSION);
    write(definition.save(1));
    assertRefused(write(definition.save(1)), definition, Conflict.Reason.VERSION);
    assertRefused(write(definition.save(3)), definition, Conflict.Reason.VERSION);
    assertThat(byName("a")).contains(definition.version(1));
  }

  @Test
  void a_deleted_definition_is_gone_and_its_handles_are_free() {
    TestDefinition definition = named("a").key("hash");
    write(definition.save(1));
    assertThat(write(definition.delete(1))).isInstanceOf(WriteResult.Stored.class);
    assertThat(store().findDefinitions(List.of(definition.id()))).isEmpty();
    assertThat(write(named("a").key("hash").save(1))).isInstanceOf(WriteResult.Stored.class);
  }

  @Test
  void a_delete_of_another_version_is_refused() {
    TestDefinition definition = named("a");
    assertRefused(write(definition.delete(1)), definition, Conflict.Reason.VERSION);
    write(definition.save(1));
    assertRefused(write(definition.delete(2)), definition, Conflict.Reason.VERSION);
    assertThat(byName("a")).isPresent();
  }

  @Test
  void a_name_is_unique_within_workspace_and_kind() {
    TestDefinition holder = named("a");
    TestDefinition other = named("a");
    write(holder.save(1));
    assertRefused(write(other.save(1)), other, Conflict.Reason.NAME_TAKEN, holder.id());
    assertThat(write(named("a").workspace("other").save(1))).isInstanceOf(WriteResult.Stored.class);
    assertThat(write(named("a").kind("other").save(1))).isInstanceOf(WriteResult.Stored.class);
    assertThat(write(named("A").save(1))).isInstanceOf(WriteResult.Stored.class);
  }

  @Test
  void a_lookup_key_is_unique_within_the_kind_across_workspaces() {
    TestDefinition holder = named("a").key("hash");
    TestDefinition other = named("b").key("hash").workspace("other");
    write(holder.save(1));
    assertRefused(write(other.save(1)), other, Conflict.Reason.KEY_TAKEN, holder.id());
    assertThat(write(other.kind("other").save(1))).isInstanceOf(WriteResult.Stored.class);
  }

  @Test
  void what_it_needs_must_exist() {
    UUID missing = TestExecution.nextId();
    TestDefinition part = named("a").ownedBy(missing);
    assertRefused(write(part.save(1)), part, Conflict.Reason.REFERENCE_MISSING, missing);
    TestDefinition referrer = named("b").referencing(missing);
    assertRefused(write(referrer.save(1)), referrer, Conflict.Reason.REFERENCE_MISSING, missing);
  }

  @Test
  void what_it_needs_must_be_of_its_workspace() {
    TestDefinition foreign = named("foreign").workspace("other");
    write(foreign.save(1));
    TestDefinition part = named("a").ownedBy(foreign.id());
    assertRefused(write(part.save(1)), part, Conflict.Reason.REFERENCE_MISSING, foreign.id());
    TestDefinition referrer = named("b").referencing(foreign.id());
    assertRefused(
        write(referrer.save(1)), referrer, Conflict.Reason.REFERENCE_MISSING, foreign.id());
    assertThat(write(referrer.workspace("other").save(1))).isInstanceOf(WriteResult.Stored.class);
  }

  @Test
  void deleting_the_owner_deletes_its_parts_and_theirs() {
    TestDefinition owner = named("owner");
    TestDefinition part = named("part").ownedBy(owner.id());
    TestDefinition detail = named("detail").ownedBy(part.id()).referencing(owner.id());
    write(owner.save(1), part.save(1), detail.save(1));
    assertThat(write(owner.delete(1))).isInstanceOf(WriteResult.Stored.class);
    assertThat(store().findDefinitions(List.of(owner.id(), part.id(), detail.id()))).isEmpty();
  }

  @Test
  void what_others_reference_can_not_be_deleted() {
    TestDefinition target = named("target");
    TestDefinition first = named("first").referencing(target.id());
    TestDefinition second = named("second").referencing(target.id());
    write(target.save(1), first.save(1), second.save(1));
    assertRefused(
        write(target.delete(1)), target, Conflict.Reason.REFERENCED, first.id(), second.id());

    write(first.delete(1), second.referencing().save(2));
    assertThat(write(target.delete(1))).isInstanceOf(WriteResult.Stored.class);
  }

  @Test
  void an_owner_can_not_be_deleted_while_outsiders_reference_a_part() {
    TestDefinition owner = named("owner");
    TestDefinition part = named("part").ownedBy(owner.id());
    TestDefinition outsider = named("outsider").referencing(part.id());
    write(owner.save(1), part.save(1), outsider.save(1));
    assertRefused(write(owner.delete(1)), owner, Conflict.Reason.REFERENCED, outsider.id());
    assertThat(byName("part")).isPresent();
  }

  @Test
  void the_writes_of_a_set_see_those_before_them() {
    TestDefinition old = named("a");
    write(old.save(1));
    TestDefinition heir = named("a");
    TestDefinition part = named("part").ownedBy(heir.id());
    assertThat(write(old.delete(1), heir.save(1), part.save(1), part.save(2)))
        .isInstanceOf(WriteResult.Stored.class);
    assertThat(byName("a")).contains(heir.version(1));
    assertThat(byName("part")).contains(part.version(2));
  }

  @Test
  void a_refused_set_changes_nothing_at_all() {
    TestDefinition existing = named("existing").key("hash");
    write(existing.save(1));
    TestDefinition added = named("added");
    TestDefinition thief = named("existing");
    TestExecution live = execution();
    TestExecution fresh = execution();
    enqueue(live);
    long revision = store().revision();

    WriteResult result =
        store()
            .write(
                new WriteSet(
                    List.of(fresh.build()),
                    List.of(
                        existing.name("renamed").key("other").save(2),
                        added.save(1),
                        thief.save(1),
                        thief.save(3)),
                    List.of(new Cancellation(live.id(), TestTransition.FAILURE, NOW))));

    assertRefused(result, thief, Conflict.Reason.VERSION);
    assertThat(byName("existing")).contains(existing.name("existing").key("hash").version(1));
    assertThat(store().findDefinitionByKey(TestDefinition.KIND, "hash")).isPresent();
    assertThat(byName("renamed")).isEmpty();
    assertThat(byName("added")).isEmpty();
    assertThat(stateOf(live.id())).isEqualTo(ExecutionState.PENDING);
    assertThat(store().findExecutions(List.of(fresh.id()))).isEmpty();
    assertThat(store().revision()).isEqualTo(revision);
  }

  @Test
  void a_refused_delete_brings_everything_back() {
    TestDefinition owner = named("owner");
    TestDefinition part = named("part").ownedBy(owner.id()).key("hash");
    write(owner.save(1), part.save(1));
    assertThat(write(owner.delete(1), owner.delete(1))).isInstanceOf(WriteResult.Refused.class);
    assertThat(byName("owner")).contains(owner.version(1));
    assertThat(store().findDefinitionByKey(TestDefinition.KIND, "hash")).contains(part.version(1));
    assertThat(
            store()
                .listDefinitions(
                    DefinitionQuery.of(TestExecution.WORKSPACE, TestDefinition.KIND)
                        .ownedBy(owner.id()))
                .items())
        .hasSize(1);
  }

  @Test
  void definitions_executions_and_cancellations_are_stored_together() {
    TestExecution live = execution().uniqueWhileLive("key");
    enqueue(live);
    TestExecution successor = execution().uniqueWhileLive("key");
    WriteResult.Stored stored =
        stored(
            new WriteSet(
                List.of(successor.build()),
                List.of(named("a").save(1)),
                List.of(new Cancellation(live.id(), TestTransition.FAILURE, NOW))));
    assertThat(stored.cancelled()).containsExactly(live.id());
    assertThat(stored.enqueued()).containsExactly(new Enqueued(successor.id(), false));
    assertThat(byName("a")).isPresent();
  }

  @Test
  void the_revision_rises_with_configuration_only() {
    TestDefinition configuration = named("a");
    TestDefinition state = named("b").volatileState();
    long before = store().revision();
    write(state.save(1));
    write(state.save(2));
    enqueue(execution());
    assertThat(store().revision()).isEqualTo(before);
    write(configuration.save(1));
    long created = store().revision();
    assertThat(created).isGreaterThan(before);
    write(configuration.save(2));
    long replaced = store().revision();
    assertThat(replaced).isGreaterThan(created);
    write(configuration.delete(2));
    assertThat(store().revision()).isGreaterThan(replaced);
  }

  @Test
  void of_many_who_save_the_same_version_one_wins() throws Exception {
    TestDefinition definition = named("a");
    write(definition.save(1));
    List<WriteResult> results = Crowd.rush(8, i -> write(definition.save(2)));
    assertThat(results).filteredOn(WriteResult.Stored.class::isInstance).hasSize(1);
  }

  private Optional<Definition> byName(String name) {
    return store().findDefinitionByName(TestExecution.WORKSPACE, TestDefinition.KIND, name);
  }

  private static void assertRefused(
      WriteResult result, TestDefinition definition, Conflict.Reason reason, UUID... others) {
    assertThat(result).isInstanceOf(WriteResult.Refused.class);
    Conflict conflict = ((WriteResult.Refused) result).conflict();
    assertThat(conflict.definitionId()).isEqualTo(definition.id());
    assertThat(conflict.reason()).isEqualTo(reason);
    assertThat(conflict.others()).containsExactlyInAnyOrder(others);
  }
}
