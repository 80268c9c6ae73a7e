package io.trigrun.notify.internal;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place that configures JSON: keys in the order they were set, numbers with their digits.
 */
public final class JsonText {

  /**
   * How deep JSON of others may be that becomes part of a message: receivers commonly read a few
   * hundred levels, and a message puts it some levels deeper.
   */
  public static final int DEEPEST = 100;

  private static final JsonMapper MAPPER = mapper().build();
  private static final JsonMapper STRICT =
      mapper().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  private static JsonMapper.Builder mapper() {
    return JsonMapper.builder()
        .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /**
   * Reads a JSON text.
   *
   * @throws tools.jackson.core.JacksonException if it is none; the message quotes the text
   */
  public static JsonNode read(String text) {
    return read(MAPPER, text);
  }

  /** As {@link #read}, for what people save: a key given twice is a mistake. */
  public static JsonNode readStrictly(String text) {
    return read(STRICT, text);
  }

  private static JsonNode read(JsonMapper mapper, String text) {
    try {
      return mapper.readTree(text);
    } catch (NumberFormatException e) { // of 1e9999999999, past the parser's own exceptions
      throw new StreamReadException("an exponent beyond all limits");
    }
  }

  /** Whether there are more than so many levels of objects and arrays. */
  public static boolean isDeeperThan(int levels, JsonNode node) {
    return node.isContainer()
        && (levels == 0
            || node.values().stream().anyMatch(inner -> isDeeperThan(levels - 1, inner)));
  }

  /** Where parsing stopped, without a word of the text. */
  public static String problem(JacksonException e) {
    var at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? "text that is not JSON"
        : "a mistake at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
