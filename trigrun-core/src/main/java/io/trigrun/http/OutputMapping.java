package io.trigrun.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Picks the named parts out of an answer; a part that is not there becomes {@code null}. */
final class OutputMapping {
  static final int MAX_BYTES = 256 * 1024;

  private OutputMapping() {}

  static String map(Map<String, String> output, ReplyView reply) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    output.forEach(
        (name, selector) -> {
          JsonNode missing = JsonNodeFactory.instance.nullNode();
          JsonNode part =
              ReplySelector.parse("request.output." + name, selector).select(reply).orElse(missing);
          document.set(name, RedactedJson.of(part, reply.redaction()));
        });
    return JsonCodec.write(document);
  }

  static boolean fits(String document) {
    return document.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
