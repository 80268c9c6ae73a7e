package io.trigrun.workflow.definition;

import io.trigrun.Json;

/**
 * Ends the run at once, wherever it stands (row W11): well, with an output, or as failed, with
 * {@code STOPPED} and a message.
 *
 * @param succeed whether it ends well
 * @param message why it failed, at most 1,000 characters; may hold placeholders
 * @param output the run's output if it ends well; strings may be placeholders
 */
public record StopStep(String id, boolean succeed, String message, Json output, StepOptions options)
    implements Step {

  public StopStep {
    StepRules.requireId(id);
    StepRules.requireText("message", message, 1_000);
    output = JsonTexts.compact("output", output);
  }

  @Override
  public String type() {
    return "stop";
  }

  /** The run's output. */
  public StopStep output(String json) {
    return new StopStep(id, succeed, message, new Json(json), options);
  }

  @Override
  public StopStep with(StepOptions value) {
    return new StopStep(id, succeed, message, output, value);
  }
}
