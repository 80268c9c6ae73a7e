package io.trigrun.workflow;

import io.trigrun.Execution;
import io.trigrun.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A run of a workflow, as it was a moment ago (row W9).
 *
 * @param execution what every run of a job has
 * @param triggerInput what started it: {@code {"body", "headers", "query"}}
 * @param stepExecutions the attempts of steps in the order they ended, then what is under way
 * @param waits what it waits for
 * @param finalOutput what it gave, if it has ended well
 */
public record WorkflowRun(
    Execution execution,
    Json triggerInput,
    List<StepExecution> stepExecutions,
    List<OpenWait> waits,
    Optional<Json> finalOutput) {

  public WorkflowRun {
    stepExecutions = List.copyOf(stepExecutions);
    waits = List.copyOf(waits);
  }

  /** The wait that ends first. */
  private Optional<OpenWait> earliest() {
    return waits.stream()
        .min(Comparator.comparing((OpenWait wait) -> wait.expiresAt().orElse(Instant.MAX)));
  }

  /** Why it waits, of the wait that ends first. */
  public Optional<String> waitingReason() {
    return earliest().map(OpenWait::reason);
  }

  /** How to answer, of the wait that ends first. */
  public Optional<Json> waitingPayload() {
    return earliest().map(OpenWait::payload);
  }

  /** When the first of its waits ends. */
  public Optional<Instant> waitingExpiresAt() {
    return earliest().flatMap(OpenWait::expiresAt);
  }

  @Override
  public String toString() {
    return "WorkflowRun[" + execution + ", " + stepExecutions.size() + " steps, " + waits + "]";
  }
}
