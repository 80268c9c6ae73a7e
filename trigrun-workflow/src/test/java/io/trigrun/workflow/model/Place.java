package io.trigrun.workflow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Where a step is, and for which elements.
 *
 * @param path places in lists of steps and branches, outermost first
 * @param items the elements of the for-eaches around it
 */
record Place(List<Integer> path, List<Integer> indexes, List<JsonNode> items) {

  static final Place ROOT = new Place(List.of(), List.of(), List.of());

  /** Comes after all that is within a step. */
  static final int END = Integer.MAX_VALUE;

  Place in(int index) {
    return new Place(plus(path, index), indexes, items);
  }

  Place in(int index, JsonNode item) {
    return new Place(plus(path, index), plus(indexes, index), plus(items, item));
  }

  String key(String stepId) {
    return indexes.isEmpty()
        ? stepId
        : stepId + indexes.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private static <T> List<T> plus(List<T> list, T one) {
    List<T> more = new ArrayList<>(list);
    more.add(one);
    return more;
  }
}
