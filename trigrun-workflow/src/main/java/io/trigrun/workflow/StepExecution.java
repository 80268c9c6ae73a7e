package io.trigrun.workflow;

import io.trigrun.Failure;
import io.trigrun.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An attempt of a step, or a step that is under way (row W9).
 *
 * @param stepId the step
 * @param iteration the elements of the for-eaches around it, the outermost first
 * @param type as the definition has it, {@code http} for example
 * @param status {@code running}, {@code waiting}, {@code retrying}, {@code succeeded}, {@code
 *     skipped}, {@code failed}, {@code rejected}, {@code expired} or {@code cancelled}
 * @param attempt from 1
 * @param finishedAt empty while it is under way
 * @param output what it gave, beyond 262,144 characters cut
 * @param statusCode the HTTP status, where there was one
 */
public record StepExecution(
    String stepId,
    List<Integer> iteration,
    String type,
    String status,
    int attempt,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<Json> output,
    Optional<Integer> statusCode,
    Optional<Failure> error) {

  public StepExecution {
    iteration = List.copyOf(iteration);
  }
}
