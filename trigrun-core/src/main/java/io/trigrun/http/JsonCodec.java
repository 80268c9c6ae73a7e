package io.trigrun.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one place that configures JSON. Numbers keep their digits, trailing text is refused. Messages
 * of the parser quote the source, so only {@link #problem} may be shown.
 */
final class JsonCodec {
  /** For what users save: a key given twice is a mistake. */
  static final JsonMapper STRICT =
      mapper().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** For what servers answer. */
  static final JsonMapper TOLERANT = mapper().build();

  private JsonCodec() {}

  private static JsonMapper.Builder mapper() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  /**
   * Reads a text.
   *
   * @throws JacksonException if it is none that can be read
   */
  static JsonNode read(JsonMapper mapper, String text) {
    try {
      return mapper.readTree(text);
    } catch (NumberFormatException e) { // of 1e9999999999, past the parser's own exceptions
      throw new StreamReadException("an exponent beyond all limits");
    }
  }

  static String write(JsonNode node) {
    return STRICT.writeValueAsString(node);
  }

  /** Where parsing stopped, without a word of the source. */
  static String problem(JacksonException e) {
    var at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? "text that is not JSON"
        : "a mistake at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
