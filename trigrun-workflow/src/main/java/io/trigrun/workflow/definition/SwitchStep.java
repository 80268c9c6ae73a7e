package io.trigrun.workflow.definition;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes on with the steps of the first case whose condition holds, or with {@code otherwise} (row
 * W11). Its output is that of the last step that ran in it.
 */
public record SwitchStep(String id, List<Case> cases, List<Step> otherwise, StepOptions options)
    implements Step {

  /** One of the ways. */
  public record Case(Condition when, List<Step> steps) {
    public Case {
      steps = List.copyOf(steps);
    }

    /** These steps, when a condition holds. */
    public static Case when(Condition condition, Step... steps) {
      return new Case(condition, List.of(steps));
    }
  }

  public SwitchStep {
    cases = List.copyOf(cases);
    otherwise = List.copyOf(otherwise);
    StepRules.requireId(id);
    Problems.require(!cases.isEmpty(), "cases", "one or more", "none");
  }

  @Override
  public String type() {
    return "switch";
  }

  /** These steps, when no condition holds. */
  public SwitchStep otherwise(Step... steps) {
    return new SwitchStep(id, cases, List.of(steps), options);
  }

  @Override
  public List<Nested> nested() {
    List<Nested> all = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      all.add(new Nested("/cases/" + i + "/steps", cases.get(i).steps()));
    }
    all.add(new Nested("/otherwise", otherwise));
    return all;
  }

  @Override
  public SwitchStep with(StepOptions value) {
    return new SwitchStep(id, cases, otherwise, value);
  }
}
