package io.trigrun.workflow.definition;

import io.trigrun.Json;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.validation.ValidationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON texts in one form: no blanks, numbers as they were written, keys in their order. */
final class JsonTexts {

  private static final int DEEPEST = 100;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonTexts() {}

  /**
   * The tree of a text.
   *
   * @throws ValidationException if it is no JSON
   */
  static JsonNode tree(String field, String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      Problems.require(!tree.isMissingNode(), field, "a JSON text", "an empty one");
      return tree;
    } catch (NumberFormatException e) { // of 1e9999999999, past the parser's own exceptions
      throw new ValidationException(
          java.util.List.of(
              new io.trigrun.validation.Problem(
                  field, expected(text), "a number with an exponent beyond all limits")));
    } catch (JacksonException e) {
      throw new ValidationException(
          java.util.List.of(
              new io.trigrun.validation.Problem(
                  field, expected(text), "one that can't be read: " + e.getOriginalMessage())));
    }
  }

  private static String expected(String text) {
    return text.contains("{{")
        ? "a JSON text, placeholders within its strings: \"{{context.order}}\" with quotation marks"
        : "a JSON text";
  }

  /** The same JSON in its one form. */
  static Json compact(String field, Json json) {
    StorableText.require(json.text(), field);
    return new Json(tree(field, json.text()).toString());
  }

  static Json string(String text) {
    return new Json(MAPPER.getNodeFactory().stringNode(text).toString());
  }

  /** As {@link #compact}, of an object. */
  static Json object(String field, Json json) {
    JsonNode tree = tree(field, json.text());
    Problems.require(tree.isObject(), field, "a JSON object", tree.getNodeType());
    return compact(field, json);
  }
}
