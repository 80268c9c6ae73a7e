package io.trigrun.workflow.internal.expression;

import io.trigrun.template.TemplateText;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts values into one template. Bounded, since a small template can ask for a large value many
 * times; copies all it puts in, so that no document can become a part of itself.
 */
final class Rendering {

  /** How deep a rendered document may be nested. Parsers give up at 500. */
  static final int DEEPEST = 200;

  /** The characters of a rendered template, each JSON value counting for one more: 2 MiB. */
  static final int MOST = 2 << 20;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Scope scope;
  private int size;

  Rendering(Scope scope) {
    this.scope = scope;
  }

  /** A copy of a node. */
  static JsonNode copy(String pointer, JsonNode node) {
    return new Rendering(Scope.of(Map.of())).copy(pointer, node, 0);
  }

  /** Copies of nodes, as an array. */
  static JsonNode copy(String pointer, List<JsonNode> nodes) {
    Rendering copies = new Rendering(Scope.of(Map.of()));
    ArrayNode array = NODES.arrayNode(nodes.size());
    nodes.forEach(node -> array.add(copies.copy(pointer, node, 1)));
    return array;
  }

  JsonNode tree(TreePart part) {
    return tree(part, 0);
  }

  private JsonNode tree(TreePart part, int depth) {
    if (part instanceof TreePart.Text text) {
      return value(text.template(), depth);
    }
    if (part instanceof TreePart.Elements elements) {
      ArrayNode array = NODES.arrayNode(elements.parts().size());
      elements.parts().forEach(element -> array.add(tree(element, depth + 1)));
      return array;
    }
    if (part instanceof TreePart.Members members) {
      ObjectNode object = NODES.objectNode();
      members.parts().forEach((key, member) -> object.set(key, tree(member, depth + 1)));
      return object;
    }
    return copy("", ((TreePart.Constant) part).value(), depth);
  }

  JsonNode value(TemplateString template) {
    return value(template, 0);
  }

  private JsonNode value(TemplateString template, int depth) {
    return template
        .only()
        .map(only -> copy(template.pointer(), only.value(template.pointer(), scope), depth))
        .orElseGet(() -> NODES.stringNode(text(template, UnaryOperator.identity())));
  }

  String text(TemplateString template, UnaryOperator<String> escape) {
    String pointer = template.pointer();
    StringBuilder text = new StringBuilder();
    for (TemplateText.Piece<Placeholder> piece : template.text().pieces()) {
      String part =
          piece
              .variable()
              .map(found -> escape.apply(plain(found.value(pointer, scope))))
              .orElse(piece.literal());
      take(pointer, part.length());
      text.append(part);
    }
    return text.toString();
  }

  private static String plain(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    return value.isNull() ? "" : JsonText.write(value);
  }

  private JsonNode copy(String pointer, JsonNode value, int depth) {
    if (depth > DEEPEST) {
      throw new OversizedRenderingException(pointer, "at most " + DEEPEST + " levels");
    }
    take(pointer, 1 + (value.isString() ? value.stringValue().length() : 0));
    if (value.isArray()) {
      ArrayNode array = NODES.arrayNode(value.size());
      value.forEach(element -> array.add(copy(pointer, element, depth + 1)));
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = NODES.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        take(pointer, member.getKey().length());
        object.set(member.getKey(), copy(pointer, member.getValue(), depth + 1));
      }
      return object;
    }
    return value;
  }

  private void take(String pointer, int characters) {
    size += characters;
    if (size > MOST) {
      throw new OversizedRenderingException(pointer, "at most " + MOST + " characters");
    }
  }
}
