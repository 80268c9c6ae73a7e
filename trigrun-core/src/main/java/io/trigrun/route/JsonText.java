package io.trigrun.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON of strangers, and writes. No message quotes what came. */
final class JsonText {

  private static final int DEEPEST = 64;
  private static final int DEEPEST_OWN = 2_000;
  private static final int MOST_TOKENS = 100_000;
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * What is stored may be deeper than what strangers send, and has all its digits, down to the last
   * zero.
   */
  private static final JsonMapper OWN =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST_OWN).build())
                  .streamWriteConstraints(
                      StreamWriteConstraints.builder().maxNestingDepth(DEEPEST_OWN).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  static ObjectNode object(byte[] utf8) {
    try {
      // Strictly, and never as UTF-16, which Jackson would find out by itself.
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw refusal("something else");
    } catch (CharacterCodingException e) {
      throw refusal("bytes that are no UTF-8");
    } catch (StreamConstraintsException e) {
      throw Refusal.of(
          ErrorCode.INVALID_JSON,
          "body: expected JSON of at most %,d levels, %,d tokens and numbers of %,d digits"
              .formatted(DEEPEST, MOST_TOKENS, LONGEST_NUMBER));
    } catch (NumberFormatException e) { // of 1e9999999999, past the parser's own exceptions
      throw refusal("a number with an exponent beyond all limits");
    } catch (JacksonException e) { // its message quotes the body
      var at = e.getLocation();
      throw refusal(
          at == null || at.getLineNr() < 1
              ? "a mistake"
              : "a mistake at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  private static Refusal refusal(String got) {
    return Refusal.of(ErrorCode.INVALID_JSON, "body: expected an object of JSON, got " + got);
  }

  /** Our own text, which is known to be well-formed. */
  static JsonNode own(String text) {
    return OWN.readTree(text);
  }

  static String write(JsonNode node) {
    return OWN.writeValueAsString(node);
  }
}
