package io.trigrun.workflow.internal.run;

import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * How a step ended.
 *
 * @param status as step executions say
 */
record StepEnd(
    Status status, JsonNode output, Optional<StepFailure> failure, OptionalInt statusCode) {

  enum Status {
    SUCCEEDED,
    SKIPPED,
    FAILED,
    REJECTED,
    EXPIRED,
    CANCELLED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static StepEnd succeeded(JsonNode output) {
    return succeeded(output, OptionalInt.empty());
  }

  static StepEnd succeeded(JsonNode output, OptionalInt statusCode) {
    return new StepEnd(Status.SUCCEEDED, output, Optional.empty(), statusCode);
  }

  static StepEnd skipped() {
    return new StepEnd(Status.SKIPPED, Nodes.nothing(), Optional.empty(), OptionalInt.empty());
  }

  static StepEnd failed(StepFailure failure) {
    return failed(Status.FAILED, Nodes.nothing(), failure);
  }

  static StepEnd failed(String errorClass, String message) {
    return failed(StepFailure.of(errorClass, message));
  }

  static StepEnd failed(Status status, JsonNode output, StepFailure failure) {
    return new StepEnd(status, output, Optional.of(failure), failure.statusCode());
  }

  boolean isFailure() {
    return failure.isPresent();
  }
}
