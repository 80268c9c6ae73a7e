package io.trigrun.workflow.definition;

/**
 * Makes an HTTP call (row W2). Its output is the body of the answer: JSON as such, anything else as
 * a text. An answer that is no success fails the step.
 *
 * @param request what to send; its URL, headers and body may hold placeholders
 */
public record HttpStep(String id, StepRequest request, StepOptions options) implements Step {

  public HttpStep {
    StepRules.requireId(id);
  }

  @Override
  public String type() {
    return "http";
  }

  @Override
  public HttpStep with(StepOptions value) {
    return new HttpStep(id, request, value);
  }
}
