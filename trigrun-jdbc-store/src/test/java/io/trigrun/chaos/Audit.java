package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.spi.JobStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Compares what was ordered, what handlers saw and what is recorded: everything has ended once,
 * each recorded attempt is one call, and each call is a recorded attempt or one that the guarantees
 * excuse.
 */
final class Audit {

  private final Map<UUID, Execution> executions = new HashMap<>();
  private final Map<UUID, List<Call>> calls;
  private final Map<UUID, List<Attempt>> attempts = new HashMap<>();

  Audit(JobStore store, Collection<UUID> ordered, Collection<Call> calls) {
    Set<UUID> ids = new HashSet<>(ordered);
    this.calls = calls.stream().collect(Collectors.groupingBy(Call::execution));
    ids.addAll(this.calls.keySet());
    store.findExecutions(ids).forEach(one -> executions.put(one.id(), one));
    assertThat(executions.keySet()).as("executions that exist").containsAll(ids);
    ids.forEach(id -> attempts.put(id, store.attempts(id)));
  }

  /**
   * Everything has succeeded.
   *
   * @param excused how many calls of an execution may be unrecorded
   */
  void everythingSucceeded(ToLongFunction<List<Call>> excused, Figures figures) {
    long lost = 0;
    long repeated = 0;
    for (Execution one : executions.values()) {
      List<Call> seen = calls.getOrDefault(one.id(), List.of());
      List<Attempt> recorded = attempts.getOrDefault(one.id(), List.of());
      List<Call> unrecorded = seen.stream().filter(call -> !isRecorded(call)).toList();
      lost += one.state() == ExecutionState.SUCCEEDED && !recorded.isEmpty() ? 0 : 1;
      repeated += unrecorded.size();
      assertThat(one.state())
          .as("state of %s, called by %s", one, seen)
          .isEqualTo(ExecutionState.SUCCEEDED);
      assertThat(recorded.stream().filter(each -> each.status() == AttemptStatus.SUCCESS))
          .as("recorded successes of %s: %s", one, recorded)
          .hasSize(1);
      assertThat(new HashSet<>(seen))
          .as("calls of %s, each with a number of its own", one)
          .hasSameSizeAs(seen);
      assertThat(seen.size() - unrecorded.size())
          .as("calls of %s that are recorded: %s, %s", one, seen, recorded)
          .isEqualTo(recorded.size());
      assertThat((long) unrecorded.size())
          .as("unrecorded calls of %s: %s; recorded: %s", one, unrecorded, recorded)
          .isLessThanOrEqualTo(excused.applyAsLong(unrecorded));
    }
    figures.add("executions", executions.size());
    figures.add("calls", calls.values().stream().mapToLong(List::size).sum());
    figures.add("duplicates", repeated);
    figures.add("lost", lost);
  }

  private boolean isRecorded(Call call) {
    return attempts.getOrDefault(call.execution(), List.of()).stream()
        .anyMatch(each -> each.number() == call.attempt() && each.node().equals(call.node()));
  }
}
