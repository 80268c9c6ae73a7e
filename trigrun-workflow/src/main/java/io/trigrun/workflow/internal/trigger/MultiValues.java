package io.trigrun.workflow.internal.trigger;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Queries and forms as JSON: a text for what is there once, an array of texts for what is not. */
final class MultiValues {

  private MultiValues() {}

  static ObjectNode asObject(Map<String, List<String>> values) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (name, all) -> {
          if (all.size() == 1) {
            object.put(name, all.get(0));
          } else {
            ArrayNode array = object.putArray(name);
            all.forEach(array::add);
          }
        });
    return object;
  }
}
