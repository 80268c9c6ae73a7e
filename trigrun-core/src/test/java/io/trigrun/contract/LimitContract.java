package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Page;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Limits on how many definitions of a kind a workspace has: strict, whoever creates them. */
public abstract class LimitContract extends StoreContract {

  private static final int MANY = 10;

  @Test
  void a_creation_beyond_the_limit_is_refused() {
    assertStored(named("a").createWithin(2), named("b").createWithin(2));

    TestDefinition third = named("c");
    assertLimitReached(write(third.createWithin(2)), third);
    assertThat(all()).extracting(Definition::name).containsExactlyInAnyOrder("a", "b");
    assertStored(third.createWithin(3));
  }

  @Test
  void a_limit_of_none_lets_nothing_in() {
    TestDefinition first = named("a");
    assertLimitReached(write(first.createWithin(0)), first);
    assertThat(all()).isEmpty();
  }

  @Test
  void other_workspaces_and_kinds_do_not_count() {
    assertStored(
        named("a").workspace("other").createWithin(1), named("a").kind("other").createWithin(1));
    assertStored(named("a").createWithin(1));
  }

  @Test
  void what_is_there_can_be_replaced_whatever_the_limit() {
    TestDefinition first = named("a");
    assertStored(first.save(1), named("b").save(1));
    assertStored(new DefinitionWrite.Save(first.version(2), 1));
    assertThat(all()).extracting(Definition::version).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void the_whole_set_counts_with_what_it_deletes() {
    TestDefinition old = named("old");
    assertStored(old.createWithin(1));
    assertStored(named("heir").createWithin(1), old.delete(1));
    assertThat(all()).extracting(Definition::name).containsExactly("heir");

    TestDefinition second = named("b");
    assertLimitReached(write(second.createWithin(2), named("c").createWithin(2)), second);
    assertThat(all()).hasSize(1);
  }

  @Test
  void a_set_beyond_the_limit_changes_nothing_at_all() {
    TestDefinition first = named("a");
    assertStored(first.save(1));
    long revision = store().revision();
    TestExecution fresh = execution();
    TestDefinition second = named("b");

    WriteResult result =
        store()
            .write(
                new WriteSet(
                    List.of(fresh.build()),
                    List.of(first.name("renamed").save(2), second.createWithin(1)),
                    List.of()));

    assertLimitReached(result, second);
    assertThat(all()).containsExactly(first.name("a").version(1));
    assertThat(store().revision()).isEqualTo(revision);
    assertThat(store().findExecutions(List.of(fresh.id()))).isEmpty();
    assertStored(named("c").createWithin(2));
  }

  @Test
  void a_name_that_is_taken_is_told_before_the_limit() {
    TestDefinition holder = named("a");
    assertStored(holder.save(1));
    TestDefinition thief = named("a");

    WriteResult result = write(thief.createWithin(1));

    assertThat(conflict(result))
        .isEqualTo(new Conflict(thief.id(), Conflict.Reason.NAME_TAKEN, List.of(holder.id())));
  }

  @Test
  void of_many_who_create_the_last_ones_at_the_same_time_as_many_get_through_as_there_is_room()
      throws Exception {
    assertStored(named("there").save(1));
    List<WriteResult> results = Crowd.rush(MANY, i -> write(named("n" + i).createWithin(4)));

    assertThat(results).filteredOn(WriteResult.Stored.class::isInstance).hasSize(3);
    assertThat(all()).hasSize(4);
  }

  @Test
  void that_holds_for_what_is_no_configuration_too() throws Exception {
    long revision = store().revision();
    List<WriteResult> results =
        Crowd.rush(MANY, i -> write(named("n" + i).volatileState().createWithin(2)));

    assertThat(results).filteredOn(WriteResult.Stored.class::isInstance).hasSize(2);
    assertThat(all()).hasSize(2);
    assertThat(store().revision()).isEqualTo(revision);
  }

  private List<Definition> all() {
    Page<Definition> page =
        store().listDefinitions(DefinitionQuery.of(TestExecution.WORKSPACE, TestDefinition.KIND));
    return page.items();
  }

  private void assertStored(DefinitionWrite... writes) {
    assertThat(write(writes)).isInstanceOf(WriteResult.Stored.class);
  }

  private static void assertLimitReached(WriteResult result, TestDefinition definition) {
    UUID id = definition.id();
    assertThat(conflict(result))
        .isEqualTo(new Conflict(id, Conflict.Reason.LIMIT_REACHED, List.of()));
  }

  private static Conflict conflict(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Refused.class);
    return ((WriteResult.Refused) result).conflict();
  }
}
