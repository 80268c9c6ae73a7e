package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problems;

/**
 * Runs another job of the workspace (row W11): a workflow with an input of its own, or any other as
 * it is. Its output is that of the run, or if it does not wait {@code {"execution_id"}}. A run that
 * fails or is cancelled fails the step. Made again it starts no second run.
 *
 * @param job the job's name
 * @param input what a workflow finds as {@code {{trigger.body}}}; strings may be placeholders
 * @param waits whether to wait for the end
 */
public record RunJobStep(String id, String job, Json input, boolean waits, StepOptions options)
    implements Step {

  public RunJobStep {
    StepRules.requireId(id);
    Problems.require(!job.isBlank() && job.length() <= 200, "job", "the name of a job", job);
    input = JsonTexts.compact("input", input);
  }

  @Override
  public String type() {
    return "workflow";
  }

  /** What the run finds as {@code {{trigger.body}}}. */
  public RunJobStep input(String json) {
    return new RunJobStep(id, job, new Json(json), waits, options);
  }

  /** Goes on at once. */
  public RunJobStep withoutWaiting() {
    return new RunJobStep(id, job, input, false, options);
  }

  @Override
  public RunJobStep with(StepOptions value) {
    return new RunJobStep(id, job, input, waits, value);
  }
}
