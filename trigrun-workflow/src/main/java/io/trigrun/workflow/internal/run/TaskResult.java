package io.trigrun.workflow.internal.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** How one attempt of an HTTP call or a handler went. */
sealed interface TaskResult {

  /** It has. */
  record Success(JsonNode output, OptionalInt statusCode, boolean truncated)
      implements TaskResult {}

  /**
   * It has not done what it should.
   *
   * @param output what it has answered all the same, if anything
   * @param retry whether another attempt may help
   * @param retryAfter not sooner than this
   */
  record Failed(StepFailure failure, boolean retry, Optional<Duration> retryAfter, JsonNode output)
      implements TaskResult {

    /** Without an answer. */
    Failed(StepFailure failure, boolean retry, Optional<Duration> retryAfter) {
      this(failure, retry, retryAfter, Nodes.nothing());
    }
  }
}
