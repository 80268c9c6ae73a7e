package io.trigrun.workflow.model;

import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.WaitStep;
import io.trigrun.workflow.definition.Workflow;
import java.util.ArrayList;
import java.util.List;

/** The waits that there may be, of for-eaches those of the first two elements. */
final class WaitKeys {

  private static final List<Integer> ELEMENTS = List.of(0, 1);

  private final List<String> found = new ArrayList<>();

  private WaitKeys() {}

  static List<String> of(Workflow workflow) {
    WaitKeys keys = new WaitKeys();
    keys.walk(workflow.steps(), Place.ROOT);
    return keys.found;
  }

  private void walk(List<Step> steps, Place place) {
    for (Step step : steps) {
      if (step instanceof WaitStep || step instanceof ApprovalStep) {
        found.add(place.key(step.id()));
      }
      for (Step.Nested nested : step.nested()) {
        if (step instanceof ForEachStep) {
          ELEMENTS.forEach(i -> walk(nested.steps(), place.in(i, Values.NOTHING)));
        } else {
          walk(nested.steps(), place);
        }
      }
    }
  }
}
