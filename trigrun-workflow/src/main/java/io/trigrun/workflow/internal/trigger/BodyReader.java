package io.trigrun.workflow.internal.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.workflow.internal.body.BodyJson;
import io.trigrun.workflow.internal.body.UnreadableBodyException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the bodies of strangers: JSON as it is, numbers with all their digits; forms as objects;
 * anything else as a text, and nothing at all as null.
 */
final class BodyReader {

  private static final String FORM = "application/x-www-form-urlencoded";

  private BodyReader() {}

  static JsonNode read(InboundRequest request, byte[] body) throws UnreadableBodyException {
    Optional<String> type = request.mediaType();
    if (body.length == 0) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (type.isEmpty()) {
      return undeclared(body);
    }
    if (BodyJson.isType(type.get())) {
      return json(body);
    }
    return type.get().equals(FORM)
        ? MultiValues.asObject(request.form())
        : JsonNodeFactory.instance.stringNode(new String(body, UTF_8));
  }

  private static JsonNode undeclared(byte[] body) {
    try {
      return json(body);
    } catch (UnreadableBodyException e) {
      return JsonNodeFactory.instance.stringNode(new String(body, UTF_8));
    }
  }

  private static JsonNode json(byte[] body) throws UnreadableBodyException {
    JsonNode root = BodyJson.read(body);
    return root.isMissingNode() ? JsonNodeFactory.instance.nullNode() : root;
  }
}
