package io.trigrun.workflow;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a {@link StepHandler} may know about the attempt it makes.
 *
 * @param stepId the step that calls it
 * @param iteration the elements of the for-eaches around it, the outermost first
 * @param attempt from 1; also counts attempts whose node died
 */
public record StepContext(
    UUID executionId,
    Optional<UUID> jobId,
    String workspace,
    String stepId,
    List<Integer> iteration,
    int attempt) {

  public StepContext {
    iteration = List.copyOf(iteration);
  }

  /** The same in every attempt of this step, and of no other. */
  public String idempotencyKey() {
    return executionId
        + "/"
        + stepId
        + (iteration.isEmpty() ? "" : iteration.toString().replace(" ", ""));
  }
}
