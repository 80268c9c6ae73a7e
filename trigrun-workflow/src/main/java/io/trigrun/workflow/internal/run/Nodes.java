package io.trigrun.workflow.internal.run;

import io.trigrun.validation.StorableText;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees that keep the digits of numbers. */
final class Nodes {

  /** What hosts and handlers may hand in; runs wrap it before they store it. */
  private static final int DEEPEST_INPUT = 300;

  /** Beyond what a writer writes: whatever was stored can be read. */
  private static final int DEEPEST = 1_000;

  private static final JsonMapper MAPPER = mapper(DEEPEST);
  private static final JsonMapper INPUTS = mapper(DEEPEST_INPUT);

  private Nodes() {}

  private static JsonMapper mapper(int deepest) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(deepest).build())
                .build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  /**
   * What somebody else has written.
   *
   * @throws tools.jackson.core.JacksonException if it is no JSON, or nested more than 300 deep
   */
  static JsonNode readInput(String json) {
    try {
      return INPUTS.readTree(json);
    } catch (NumberFormatException e) { // of 1e9999999999, past the parser's own exceptions
      throw new StreamReadException("an exponent beyond all limits");
    }
  }

  /**
   * As a text that stores can hold: a half of a character becomes U+FFFD.
   *
   * @throws tools.jackson.core.JacksonException if it is nested more than 500 deep
   */
  static String write(JsonNode node) {
    return StorableText.of(MAPPER.writeValueAsString(node));
  }

  /**
   * @throws tools.jackson.core.JacksonException if it is no JSON
   */
  static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode nothing() {
    return JsonNodeFactory.instance.nullNode();
  }

  static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }

  static JsonNode number(long value) {
    return JsonNodeFactory.instance.numberNode(value);
  }
}
