package io.trigrun.workflow.internal.http;

import io.trigrun.http.RunStamp;

/**
 * Which attempt of which step of which run a request belongs to.
 *
 * @param run the run; its attempt is that of the step
 * @param step the step's path and iteration, the same in each attempt: visible ASCII
 */
public record StepStamp(RunStamp run, String step) {

  /** What every attempt of the step sends, and no other step of any run. */
  String idempotencyKey() {
    return run.executionId() + "/" + step;
  }
}
