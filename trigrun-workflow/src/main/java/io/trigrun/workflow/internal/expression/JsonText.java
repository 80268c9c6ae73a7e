package io.trigrun.workflow.internal.expression;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one place that configures JSON: keys in the order they were set, numbers with their digits.
 */
public final class JsonText {

  private static final JsonMapper MAPPER = mapper().build();
  private static final JsonMapper STRICT =
      mapper().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Levels of what others send: it becomes a part of documents, which parsers limit to 500. */
  private static final int DEEPEST_FOREIGN = 200;

  private static final JsonMapper FOREIGN =
      mapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST_FOREIGN).build())
                  .build())
          .build();

  private JsonText() {}

  private static JsonMapper.Builder mapper() {
    return mapper(new JsonFactory());
  }

  private static JsonMapper.Builder mapper(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /**
   * Reads a JSON text.
   *
   * @throws JacksonException if it is none; the message quotes the text
   */
  public static JsonNode read(String text) {
    return read(MAPPER, text);
  }

  /**
   * As {@link #read}, for what others send: at most 200 levels.
   *
   * @throws JacksonException if it is none, or deeper
   */
  public static JsonNode readForeign(String text) {
    return read(FOREIGN, text);
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

  /** Where parsing stopped, without a word of the text. */
  public static String problem(JacksonException e) {
    var at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? "text that is not JSON"
        : "a mistake at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
