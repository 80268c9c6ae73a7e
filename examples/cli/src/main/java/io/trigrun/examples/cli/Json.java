package io.trigrun.examples.cli;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** JSON that comes out as it went in, numbers with all their digits. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // would be in messages
          .build();

  private Json() {}

  static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static JsonNode text(String text) {
    return StringNode.valueOf(text);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** One item on each line, so that tools for lines have something to hold. */
  static String array(List<JsonNode> items) {
    return items.stream().map(JsonNode::toString).collect(Collectors.joining(",\n ", "[", "]"));
  }

  /**
   * The same JSON, with characters that a terminal might obey as escapes. JSON allows some of them
   * bare, and outside of strings none of them can stand.
   */
  static String printable(String json) {
    StringBuilder printable = new StringBuilder(json.length());
    json.chars()
        .forEach(
            each -> {
              boolean layout = each == '\n' || each == '\r' || each == '\t';
              if (!layout && Cells.isUnseen(each)) {
                printable.append(String.format("\\u%04x", each));
              } else {
                printable.append((char) each);
              }
            });
    return printable.toString();
  }
}
