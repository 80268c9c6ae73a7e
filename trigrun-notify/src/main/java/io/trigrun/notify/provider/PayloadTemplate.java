package io.trigrun.notify.provider;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON whose string values hold placeholders, parsed once. Values take their place in the tree that
 * is written afterwards: there is no text that they could break out of, and keys are never theirs.
 */
record PayloadTemplate(Part root) {

  private static final int LONGEST = 16_384;
  private static final int DEEPEST = 20;
  private static final int MOST_VARIABLES = 50;

  /** A value of the template. */
  sealed interface Part {

    /** How many placeholders there are in it. */
    int variables();

    /** The value for a message; always another tree. */
    JsonNode value(Message message);
  }

  private record Text(TemplateText<TemplateVariable> text) implements Part {

    @Override
    public int variables() {
      return text.variables();
    }

    @Override
    public JsonNode value(Message message) {
      return text.only()
          .map(variable -> variable.value(message))
          .orElseGet(
              () ->
                  JsonNodeFactory.instance.stringNode(
                      text.render(variable -> variable.textValue(message))));
    }
  }

  private record Array(List<Part> parts) implements Part {

    @Override
    public int variables() {
      return parts.stream().mapToInt(Part::variables).sum();
    }

    @Override
    public JsonNode value(Message message) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(parts.size());
      parts.forEach(part -> array.add(part.value(message)));
      return array;
    }
  }

  private record Entries(Map<String, Part> parts) implements Part {

    @Override
    public int variables() {
      return parts.values().stream().mapToInt(Part::variables).sum();
    }

    @Override
    public JsonNode value(Message message) {
      ObjectNode object = JsonText.object();
      parts.forEach((key, part) -> object.set(key, part.value(message)));
      return object;
    }
  }

  /** A number, a truth value or null. */
  private record Constant(JsonNode node) implements Part {

    @Override
    public int variables() {
      return 0;
    }

    @Override
    public JsonNode value(Message message) {
      return node;
    }
  }

  /** Notes what is wrong, everything at once. */
  static PayloadTemplate parse(String field, String text, Problems problems) {
    PayloadTemplate nothing = new PayloadTemplate(new Entries(Map.of()));
    if (text.length() > LONGEST) {
      problems.add(field, "at most " + LONGEST + " characters", text.length() + " characters");
      return nothing;
    }
    StorableText.problem(text, field).ifPresent(problems::add);
    JsonNode tree;
    try {
      tree = JsonText.readStrictly(text);
    } catch (JacksonException e) {
      problems.add(field, "valid JSON without repeated keys", JsonText.problem(e));
      return nothing;
    }
    problems.check(tree.isContainer(), field, "a JSON object or array", "another JSON value");
    Part root = part(field, tree, DEEPEST, problems);
    problems.check(
        root.variables() <= MOST_VARIABLES,
        field,
        "at most " + MOST_VARIABLES + " placeholders",
        root.variables());
    return new PayloadTemplate(root);
  }

  private static Part part(String field, JsonNode node, int levels, Problems problems) {
    if (node.isString()) {
      return new Text(TemplateVariable.parse(field, node.stringValue(), problems));
    }
    if (!node.isContainer()) {
      return new Constant(node);
    }
    if (levels == 0) {
      problems.add(field, "at most " + DEEPEST + " levels", "more");
      return new Constant(node);
    }
    if (node.isArray()) {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        parts.add(part(field + "[" + i + "]", node.get(i), levels - 1, problems));
      }
      return new Array(parts);
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String path = field + "." + shown(entry.getKey());
      problems.check(
          !entry.getKey().contains("{{"), path, "placeholders in values only", "one in a key");
      parts.put(entry.getKey(), part(path, entry.getValue(), levels - 1, problems));
    }
    return new Entries(parts);
  }

  private static String shown(String key) {
    StringBuilder shown = new StringBuilder();
    key.codePoints()
        .limit(60)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  String render(Message message) {
    return StorableText.of(JsonText.write(root.value(message)));
  }
}
