package io.trigrun.contract;

import static io.trigrun.contract.TestDefinition.named;
import static io.trigrun.contract.TestExecution.execution;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Page;
import io.trigrun.Trigger;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.PurgeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists: filters, newest first, pages that neither lose nor repeat. */
public abstract class ListingContract extends StoreContract {

  @Test
  void executions_are_listed_newest_first_then_by_id() {
    TestExecution old = execution().created(NOW.minusSeconds(9));
    TestExecution low = execution();
    TestExecution high = execution();
    enqueue(high, old, low);
    assertThat(list(all())).containsExactly(high.id(), low.id(), old.id());
  }

  @Test
  void executions_are_filtered_by_everything_a_query_names() {
    UUID job = TestExecution.nextId();
    TestExecution plain = execution();
    TestExecution ofJob = execution().job(job);
    TestExecution child = execution().parent(plain.id());
    TestExecution other = execution().handler("other");
    enqueue(plain, ofJob, child, other, execution().workspace("elsewhere"));
    cancel(child.id());

    assertThat(list(all())).containsExactly(other.id(), child.id(), ofJob.id(), plain.id());
    assertThat(list(all().job(job))).containsExactly(ofJob.id());
    assertThat(list(all().parent(plain.id()))).containsExactly(child.id());
    assertThat(list(all().handler("other"))).containsExactly(other.id());
    assertThat(list(all().states(ExecutionState.CANCELLED, ExecutionState.FAILED)))
        .containsExactly(child.id());
    assertThat(list(all().job(job).handler("other"))).isEmpty();
  }

  @Test
  void the_librarys_own_executions_can_be_left_out() {
    UUID job = TestExecution.nextId();
    TestExecution own = execution().job(job).trigger(Trigger.SYSTEM);
    TestExecution first = execution().job(job);
    TestExecution second = execution().job(job).trigger(Trigger.FOLLOW_UP);
    enqueue(own, first, execution().job(job).trigger(Trigger.SYSTEM), second);
    assertThat(list(all().job(job))).hasSize(4);
    assertThat(list(all().job(job).ofHost())).containsExactly(second.id(), first.id());
    assertThat(list(all().ofHost().states(ExecutionState.PENDING).limit(1)))
        .containsExactly(second.id());
  }

  @Test
  void pages_of_equal_instants_lose_and_repeat_nothing_while_items_are_added() {
    List<TestExecution> executions = Stream.generate(TestExecution::execution).limit(25).toList();
    enqueue(executions);
    List<UUID> seen = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    int pages = 0;
    do {
      ExecutionQuery query = all().limit(7);
      Page<Execution> page = store().listExecutions(next.map(query::after).orElse(query));
      page.items().forEach(item -> seen.add(item.id()));
      enqueue(execution().created(NOW.plusSeconds(++pages)));
      next = page.next();
    } while (next.isPresent());
    assertThat(pages).isEqualTo(4);
    List<UUID> expected = new ArrayList<>(executions.stream().map(TestExecution::id).toList());
    Collections.reverse(expected);
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void a_page_that_is_just_full_is_the_last_one() {
    enqueue(execution(), execution());
    assertThat(store().listExecutions(all().limit(2)).next()).isEmpty();
    assertThat(store().listExecutions(all().limit(1)).next()).isPresent();
  }

  @Test
  void a_place_stays_when_its_item_is_gone() {
    TestExecution first = execution();
    TestExecution second = execution();
    enqueue(first, second);
    Cursor place = store().listExecutions(all().limit(1)).next().orElseThrow();
    cancel(second.id());
    store()
        .purge(
            new PurgeRequest(
                Optional.empty(), Set.of(ExecutionState.CANCELLED), NOW.plusSeconds(1), 10));
    assertThat(list(all().after(place))).containsExactly(first.id());
  }

  @Test
  void definitions_are_filtered_by_everything_a_query_names() {
    TestDefinition owner = named("owner");
    TestDefinition part = named("part").ownedBy(owner.id());
    TestDefinition referrer = named("referrer").referencing(owner.id(), part.id());
    TestDefinition elsewhere = named("elsewhere").workspace("elsewhere");
    write(
        owner.save(1),
        part.save(1),
        referrer.save(1),
        elsewhere.save(1),
        named("other").kind("other").ownedBy(owner.id()).referencing(owner.id()).save(1));

    DefinitionQuery here = DefinitionQuery.of(TestExecution.WORKSPACE, TestDefinition.KIND);
    assertThat(names(here)).containsExactly("referrer", "part", "owner");
    assertThat(names(here.ownedBy(owner.id()))).containsExactly("part");
    assertThat(names(here.referencing(owner.id()))).containsExactly("referrer");
    assertThat(names(here.ownedBy(owner.id()).referencing(part.id()))).isEmpty();
    DefinitionQuery everywhere =
        new DefinitionQuery(
            Optional.empty(),
            TestDefinition.KIND,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            50);
    assertThat(names(everywhere)).containsExactly("elsewhere", "referrer", "part", "owner");
  }

  @Test
  void definitions_are_paged_newest_first() {
    for (int i = 0; i < 5; i++) {
      write(named("d" + i).created(NOW.plusSeconds(i / 2)).save(1));
    }
    DefinitionQuery query =
        DefinitionQuery.of(TestExecution.WORKSPACE, TestDefinition.KIND).limit(2);
    List<String> seen = new ArrayList<>();
    Page<Definition> page = store().listDefinitions(query);
    page.items().forEach(item -> seen.add(item.name()));
    while (page.next().isPresent()) {
      page = store().listDefinitions(query.after(page.next().get()));
      page.items().forEach(item -> seen.add(item.name()));
    }
    assertThat(seen).containsExactly("d4", "d3", "d2", "d1", "d0");
  }

  private static ExecutionQuery all() {
    return ExecutionQuery.all(TestExecution.WORKSPACE);
  }

  private List<UUID> list(ExecutionQuery query) {
    return store().listExecutions(query).items().stream().map(Execution::id).toList();
  }

  private List<String> names(DefinitionQuery query) {
    return store().listDefinitions(query).items().stream().map(Definition::name).toList();
  }
}
