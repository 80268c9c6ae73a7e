package io.trigrun.notify.provider;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.template.TemplateText;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON whose string values hold placeholders. Values take their place in the tree that is written
 * afterwards: there is no text that they could break out of, and keys are never theirs.
 */
record PayloadTemplate(JsonNode tree) {

  private static final int LONGEST = 16_384;
  private static final int DEEPEST = 20;
  private static final int MOST_VARIABLES = 50;

  /** Notes what is wrong, everything at once. */
  static PayloadTemplate parse(String field, String text, Problems problems) {
    JsonNode nothing = JsonText.object();
    if (text.length() > LONGEST) {
      problems.add(field, "at most " + LONGEST + " characters", text.length() + " characters");
      return new PayloadTemplate(nothing);
    }
    StorableText.problem(text, field).ifPresent(problems::add);
    JsonNode tree;
    try {
      tree = JsonText.readStrictly(text);
    } catch (JacksonException e) {
      problems.add(field, "valid JSON without repeated keys", JsonText.problem(e));
      return new PayloadTemplate(nothing);
    }
    problems.check(tree.isContainer(), field, "a JSON object or array", "another JSON value");
    int variables = check(field, tree, DEEPEST, problems);
    problems.check(
        variables <= MOST_VARIABLES,
        field,
        "at most " + MOST_VARIABLES + " placeholders",
        variables);
    return new PayloadTemplate(tree);
  }

  /** How many placeholders there are. */
  private static int check(String field, JsonNode node, int levels, Problems problems) {
    if (node.isString()) {
      return TemplateVariable.parse(field, node.stringValue(), problems).variables();
    }
    if (node.isContainer() && levels == 0) {
      problems.add(field, "at most " + DEEPEST + " levels", "more");
      return 0;
    }
    int variables = 0;
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        variables += check(field + "[" + i + "]", node.get(i), levels - 1, problems);
      }
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String path = field + "." + shown(entry.getKey());
      problems.check(
          !entry.getKey().contains("{{"), path, "placeholders in values only", "one in a key");
      variables += check(path, entry.getValue(), levels - 1, problems);
    }
    return variables;
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
    return StorableText.of(JsonText.write(filled(tree, text -> value(text, message))));
  }

  private static JsonNode value(String text, Message message) {
    TemplateText<TemplateVariable> template =
        TemplateVariable.parse("payload", text, new Problems());
    return template
        .only()
        .map(variable -> variable.value(message))
        .orElseGet(
            () ->
                JsonNodeFactory.instance.stringNode(
                    template.render(variable -> variable.textValue(message))));
  }

  /** A copy with other values in the place of texts. */
  private static JsonNode filled(JsonNode node, Function<String, JsonNode> values) {
    if (node.isString()) {
      return values.apply(node.stringValue());
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
      node.values().forEach(value -> copy.add(filled(value, values)));
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = JsonText.object();
      node.properties().forEach(e -> copy.set(e.getKey(), filled(e.getValue(), values)));
      return copy;
    }
    return node;
  }
}
