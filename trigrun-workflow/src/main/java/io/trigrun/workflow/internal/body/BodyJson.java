package io.trigrun.workflow.internal.body;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON of strangers: 64 levels and 100,000 tokens at most; numbers keep their digits. The
 * reader itself counts, so what has too many of them is given up before it is built.
 */
public final class BodyJson {

  private static final int DEEPEST = 64;
  private static final int MOST_TOKENS = 100_000;
  private static final int LONGEST_NUMBER = 1_000;
  private static final Pattern TYPE = Pattern.compile("application/([a-z0-9.!#$&^_-]+\\+)?json");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private BodyJson() {}

  /** Whether a media type, in lower case and without parameters, is one of JSON. */
  public static boolean isType(String mediaType) {
    return TYPE.matcher(mediaType).matches();
  }

  /** What a body says; missing if it is empty. */
  public static JsonNode read(byte[] body) throws UnreadableBodyException {
    try {
      return MAPPER.readTree(body);
    } catch (StreamConstraintsException e) {
      throw new UnreadableBodyException(
          "body: expected JSON of at most %,d levels, %,d tokens and numbers of %,d digits"
              .formatted(DEEPEST, MOST_TOKENS, LONGEST_NUMBER));
    } catch (NumberFormatException e) { // of 1e9999999999, past the parser's own exceptions
      throw new UnreadableBodyException(
          "body: expected JSON, got a number with an exponent beyond all limits");
    } catch (JacksonException e) { // its message quotes the body
      throw new UnreadableBodyException("body: expected JSON, got " + fault(e));
    }
  }

  /** As it was read: with all digits. */
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  private static String fault(JacksonException e) {
    var at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? "something else"
        : "a mistake at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
