package io.trigrun.workflow.definition;

import io.trigrun.Json;

/**
 * Puts values into the context of the run (row W11). They are its output, too.
 *
 * @param values an object; its strings may be placeholders
 */
public record SetStep(String id, Json values, StepOptions options) implements Step {

  public SetStep {
    StepRules.requireId(id);
    values = JsonTexts.object("values", values);
  }

  @Override
  public String type() {
    return "set";
  }

  @Override
  public SetStep with(StepOptions value) {
    return new SetStep(id, values, value);
  }
}
