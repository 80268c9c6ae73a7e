package io.trigrun.workflow.internal.run;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Ends a run, wherever it stands. */
final class Ending {

  private final Walk walk;

  Ending(Walk walk) {
    this.walk = walk;
  }

  void succeed(JsonNode output) {
    giveUp();
    walk.state.end = RunState.End.SUCCEEDED;
    walk.state.output = output;
  }

  void fail(StepFailure why) {
    giveUp();
    walk.state.end = RunState.End.FAILED;
    walk.state.failure = why;
  }

  private void giveUp() {
    Set<String> before = Set.copyOf(walk.state.givenUp.keySet());
    new GivingUp(walk).of(walk.state.root, walk.plan.workflow().steps(), Loops.NONE);
    walk.state.givenUp.keySet().retainAll(before); // the others end with the run
    walk.attempts.startNone();
  }
}
