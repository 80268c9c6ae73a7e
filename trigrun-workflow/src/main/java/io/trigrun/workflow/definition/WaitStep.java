package io.trigrun.workflow.definition;

/**
 * Parks the run, holding neither a thread nor a connection, until somebody posts to its {@code
 * resume_url} (row W5). Its output is what was posted. It waits as long as {@link
 * StepOptions#timeout} says, or as long as the run may take.
 *
 * @param onTimeout what becomes of the step when nobody did: fails by default
 */
public record WaitStep(String id, OnTimeout onTimeout, StepOptions options) implements Step {

  public WaitStep {
    StepRules.requireId(id);
    StepRules.requireWaitTimeout(onTimeout);
  }

  @Override
  public String type() {
    return "wait_for_webhook";
  }

  /** What becomes of the step when nobody posts in time. */
  public WaitStep onTimeout(OnTimeout value) {
    return new WaitStep(id, value, options);
  }

  @Override
  public WaitStep with(StepOptions value) {
    return new WaitStep(id, onTimeout, value);
  }
}
