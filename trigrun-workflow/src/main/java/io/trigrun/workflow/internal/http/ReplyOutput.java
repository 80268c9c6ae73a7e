package io.trigrun.workflow.internal.http;

import io.trigrun.http.BodyPreview;
import io.trigrun.http.HttpReply;
import io.trigrun.secret.Redaction;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.internal.expression.JsonText;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of an answer as the output of a step.
 *
 * @param truncated whether there was more
 */
record ReplyOutput(JsonNode value, boolean truncated) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static ReplyOutput of(HttpReply reply, Redaction redaction) {
    if (reply.isBinary()) {
      return text(BodyPreview.of(reply, redaction), reply.truncated());
    }
    String text = reply.text();
    if (reply.truncated() || text.length() > StepAnswer.MAX_BYTES) {
      return cut(redaction.applyToBeginning(text));
    }
    String kept = BodyPreview.cut(text, StepAnswer.MAX_BYTES);
    if (kept.length() < text.length()) {
      return cut(redaction.apply(text));
    }
    try {
      JsonNode json = JsonText.readForeign(text);
      if (!json.isMissingNode()) {
        return new ReplyOutput(clean(json, redaction), false);
      }
    } catch (JacksonException e) {
      // Then it is a text.
    }
    return text(redaction.apply(text), false);
  }

  private static ReplyOutput cut(String text) {
    return text(BodyPreview.cut(text, StepAnswer.MAX_BYTES), true);
  }

  private static ReplyOutput text(String text, boolean truncated) {
    return new ReplyOutput(NODES.stringNode(StorableText.of(text)), truncated);
  }

  /** Without secrets, and storable; a number that holds a secret becomes a string. */
  private static JsonNode clean(JsonNode node, Redaction redaction) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String key = StorableText.of(redaction.apply(member.getKey()));
        object.set(key, clean(member.getValue(), redaction));
      }
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode(node.size());
      node.forEach(element -> array.add(clean(element, redaction)));
      return array;
    }
    String text = node.asString();
    String clean = StorableText.of(redaction.apply(text));
    return clean.equals(text) ? node : NODES.stringNode(clean);
  }
}
