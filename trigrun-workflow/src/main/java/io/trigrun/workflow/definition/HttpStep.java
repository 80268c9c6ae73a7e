package io.trigrun.workflow.definition;

import java.time.Duration;

/**
 * Makes an HTTP call (row W2). Its output is the body of the answer: JSON as such, anything else as
 * a text. An answer that is no success fails the step.
 *
 * @param request what to send; its URL, headers and body may hold placeholders
 */
public record HttpStep(String id, StepRequest request, StepOptions options) implements Step {

  private static final Duration BY_DEFAULT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  public HttpStep {
    StepRules.requireId(id);
  }

  /**
   * How long one attempt may take: as its options say, or its request, the shorter if both do (a
   * request that says 30 s, its default, says nothing); 30 s if neither does, and never more than
   * an hour.
   */
  public Duration attemptTimeout() {
    Duration ofRequest = request.timeout();
    Duration wanted =
        options
            .timeout()
            .filter(own -> ofRequest.equals(BY_DEFAULT) || own.compareTo(ofRequest) < 0)
            .orElse(ofRequest);
    return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
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
