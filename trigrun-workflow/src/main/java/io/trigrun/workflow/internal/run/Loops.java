package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.ForEachStep;
import io.trigrun.workflow.definition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Where a run is within for-eaches.
 *
 * @param rounds the elements that it is at, those of the outermost first
 */
record Loops(List<Round> rounds) {

  static final Loops NONE = new Loops(List.of());

  /** One element. */
  record Round(int index, JsonNode item) {}

  Loops {
    rounds = List.copyOf(rounds);
  }

  /** Where nobody asks for the elements themselves. */
  static Loops at(List<Integer> indexes) {
    return new Loops(indexes.stream().map(index -> new Round(index, Nodes.nothing())).toList());
  }

  Loops in(int index, JsonNode item) {
    List<Round> more = new ArrayList<>(rounds);
    more.add(new Round(index, item));
    return new Loops(more);
  }

  /** Where a run is in a branch of a step: one element further down if the step is a for-each. */
  Loops inside(Step step, int index, JsonNode item) {
    return step instanceof ForEachStep ? in(index, item) : this;
  }

  /**
   * The key of a step that is this deep: {@code charge}, {@code charge[3]}, {@code charge[3,1]}.
   */
  String key(String stepId, int depth) {
    return depth == 0
        ? stepId
        : stepId
            + rounds.stream()
                .limit(depth)
                .map(round -> Integer.toString(round.index()))
                .collect(Collectors.joining(",", "[", "]"));
  }

  String key(String stepId) {
    return key(stepId, rounds.size());
  }

  List<Integer> indexes() {
    return rounds.stream().map(Round::index).toList();
  }

  Round innermost() {
    return rounds.get(rounds.size() - 1);
  }
}
