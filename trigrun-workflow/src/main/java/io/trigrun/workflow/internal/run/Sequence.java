package io.trigrun.workflow.internal.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a run is in a list of steps. */
final class Sequence {

  /** The step that it is at. */
  int at;

  /** The output of the last step that ran. */
  JsonNode output = Nodes.nothing();

  /** Empty if the step has not begun. */
  @Nullable Active active;

  boolean hasBegun() {
    return at > 0 || active != null;
  }
}
