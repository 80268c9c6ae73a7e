package io.trigrun.workflow.internal.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the bodies of strangers: JSON as it is, numbers with all their digits; forms as objects;
 * anything else as a text, and nothing at all as null. The reader itself counts levels and tokens,
 * so what has too many of them is given up before it is built.
 */
final class BodyReader {

  private static final int DEEPEST = 64;
  private static final int MOST_TOKENS = 100_000;
  private static final int LONGEST_NUMBER = 1_000;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern JSON = Pattern.compile("application/([a-z0-9.!#$&^_-]+\\+)?json");

  static final JsonMapper MAPPER =
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

  private BodyReader() {}

  static JsonNode read(InboundRequest request, byte[] body) throws UnreadableBodyException {
    Optional<String> type = request.mediaType();
    if (body.length == 0) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (type.isEmpty()) {
      return undeclared(body);
    }
    if (JSON.matcher(type.get()).matches()) {
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
    try {
      JsonNode root = MAPPER.readTree(body);
      return root.isMissingNode() ? JsonNodeFactory.instance.nullNode() : root;
    } catch (StreamConstraintsException e) {
      throw new UnreadableBodyException(
          "body: expected JSON of at most %,d levels, %,d tokens and numbers of %,d digits"
              .formatted(DEEPEST, MOST_TOKENS, LONGEST_NUMBER));
    } catch (JacksonException e) { // its message quotes the body
      throw new UnreadableBodyException("body: expected JSON, got " + fault(e));
    }
  }

  private static String fault(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? "something else"
        : "a mistake at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
