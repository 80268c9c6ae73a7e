package io.trigrun.http;

import io.trigrun.secret.Redaction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A part of an answer without secrets, still JSON: one in a number makes that a string. */
final class RedactedJson {

  private RedactedJson() {}

  static JsonNode of(JsonNode node, Redaction redaction) {
    if (redaction.isNone()) {
      return node;
    }
    if (node.isObject()) {
      ObjectNode clean = JsonNodeFactory.instance.objectNode();
      node.forEachEntry((name, value) -> clean.set(redaction.apply(name), of(value, redaction)));
      return clean;
    }
    if (node.isArray()) {
      ArrayNode clean = JsonNodeFactory.instance.arrayNode();
      node.forEach(value -> clean.add(of(value, redaction)));
      return clean;
    }
    String text = node.asString();
    String clean = redaction.apply(text);
    return clean.equals(text) ? node : JsonNodeFactory.instance.stringNode(clean);
  }
}
