package io.trigrun.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Page;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.WriteResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Two stores to which the same is done. */
final class StoreComparison {

  private static final int PAGE = 7;

  private final JobStore reference;
  private final JobStore subject;

  StoreComparison(JobStore reference, JobStore subject) {
    this.reference = reference;
    this.subject = subject;
  }

  /** Does it to both, and returns the answer that they agree on. */
  Object run(String place, RandomOperations.Operation operation) {
    long expectedBefore = reference.revision();
    long actualBefore = subject.revision();
    Object expected = comparable(operation.run().apply(reference));
    assertThat(comparable(operation.run().apply(subject))).as(place).isEqualTo(expected);
    // How far a revision rises is the store's affair, but not whether.
    assertThat(subject.revision() > actualBefore)
        .as(place + ": revision rises")
        .isEqualTo(reference.revision() > expectedBefore);
    return expected;
  }

  /** A conflict names those who stand in the way in no particular order. */
  private static Object comparable(Object answer) {
    if (answer instanceof WriteResult.Refused refused) {
      return List.of(sorted(refused.conflict()));
    } else if (answer instanceof Applied.Refused refused) {
      return List.of(sorted(refused.conflict()));
    } else if (answer instanceof List<?> answers) {
      return answers.stream().map(StoreComparison::comparable).toList();
    }
    return answer;
  }

  private static Conflict sorted(Conflict conflict) {
    return new Conflict(
        conflict.definitionId(),
        conflict.reason(),
        conflict.others().stream().sorted(Comparator.comparing(UUID::toString)).toList());
  }

  /** Compares all that can be seen. */
  void compareAll(String place, RandomOperations operations) {
    compare(place + ": executions", StoreComparison::executions);
    compare(place + ": definitions", StoreComparison::definitions);
    List<UUID> ids = operations.executionIds();
    compare(
        place + ": executions by id",
        store ->
            store.findExecutions(ids).stream()
                .sorted(Comparator.comparing(one -> one.id().toString()))
                .toList());
    compare(place + ": attempts", store -> ids.stream().map(store::attempts).toList());
    compare(place + ": journals", store -> ids.stream().map(store::journal).toList());
    compare(place + ": wake-ups", store -> ids.stream().map(store::wakeUps).toList());
  }

  private void compare(String place, Function<JobStore, ?> view) {
    assertThat(view.apply(subject)).as(place).isEqualTo(view.apply(reference));
  }

  private static List<Execution> executions(JobStore store) {
    ExecutionQuery query = ExecutionQuery.all(TestExecution.WORKSPACE).limit(PAGE);
    Page<Execution> page = store.listExecutions(query);
    List<Execution> all = new ArrayList<>(page.items());
    while (page.next().isPresent()) {
      page = store.listExecutions(query.after(page.next().get()));
      all.addAll(page.items());
    }
    return all;
  }

  private static List<Definition> definitions(JobStore store) {
    DefinitionQuery query =
        new DefinitionQuery(
            Optional.empty(),
            TestDefinition.KIND,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PAGE);
    Page<Definition> page = store.listDefinitions(query);
    List<Definition> all = new ArrayList<>(page.items());
    while (page.next().isPresent()) {
      page = store.listDefinitions(query.after(page.next().get()));
      all.addAll(page.items());
    }
    return all;
  }
}
