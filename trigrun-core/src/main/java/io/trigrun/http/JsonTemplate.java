package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Placeholders in the string values of a JSON document. Writing the tree does the escaping. */
final class JsonTemplate {
  private JsonTemplate() {}

  static void check(String field, JsonNode node) {
    if (node.isString()) {
      TemplateVariable.parse(field, node.stringValue());
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        check(field + "[" + i + "]", node.get(i));
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String path = field + "." + Texts.cut(entry.getKey(), 60);
        Problems.require(
            !entry.getKey().contains("{{"),
            path,
            "placeholders in values only",
            "a placeholder in a key");
        check(path, entry.getValue());
      }
    }
  }

  static boolean isConstant(JsonNode node) {
    if (node.isString()) {
      return !node.stringValue().contains("{{");
    }
    return node.values().stream().allMatch(JsonTemplate::isConstant);
  }

  /** A copy with the placeholders replaced. */
  static JsonNode render(JsonNode node, RunStamp run) {
    if (node.isString()) {
      String text =
          TemplateVariable.parse("request.body", node.stringValue())
              .render(variable -> variable.value(run));
      return JsonNodeFactory.instance.stringNode(text);
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
      node.values().forEach(value -> copy.add(render(value, run)));
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> copy.set(e.getKey(), render(e.getValue(), run)));
      return copy;
    }
    return node;
  }
}
