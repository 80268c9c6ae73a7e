package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds the placeholders of a JSON document, which nobody may change any more. */
final class TreeParser {

  private static final int SHOWN = 60;

  private final Set<Root> roots;
  private final Problems problems;

  TreeParser(Set<Root> roots, Problems problems) {
    this.roots = roots;
    this.problems = problems;
  }

  TreePart part(String pointer, JsonNode node, int depth) {
    if (depth > Rendering.DEEPEST) {
      problems.add(pointer, "at most " + Rendering.DEEPEST + " levels", "more");
      return new TreePart.Constant(node);
    }
    if (node.isString()) {
      TemplateString template = TemplateString.parse(pointer, node.stringValue(), roots, problems);
      return template.isConstant() ? new TreePart.Constant(node) : new TreePart.Text(template);
    }
    if (node.isArray()) {
      return elements(pointer, node, depth);
    }
    return node.isObject() ? members(pointer, node, depth) : new TreePart.Constant(node);
  }

  private TreePart elements(String pointer, JsonNode node, int depth) {
    List<TreePart> parts = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      parts.add(part(pointer + "/" + i, node.get(i), depth + 1));
    }
    return parts.stream().allMatch(TreePart.Constant.class::isInstance)
        ? new TreePart.Constant(node)
        : new TreePart.Elements(List.copyOf(parts));
  }

  private TreePart members(String pointer, JsonNode node, int depth) {
    Map<String, TreePart> parts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String at = pointer + "/" + token(member.getKey());
      problems.check(
          !member.getKey().contains("{{"), at, "placeholders in values only", "one in a key");
      parts.put(member.getKey(), part(at, member.getValue(), depth + 1));
    }
    return parts.values().stream().allMatch(TreePart.Constant.class::isInstance)
        ? new TreePart.Constant(node)
        : new TreePart.Members(parts);
  }

  /** A key as RFC 6901 has it, fit to be shown. */
  private static String token(String key) {
    StringBuilder token = new StringBuilder();
    key.codePoints()
        .limit(SHOWN)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(token::appendCodePoint);
    return token.toString().replace("~", "~0").replace("/", "~1");
  }
}
