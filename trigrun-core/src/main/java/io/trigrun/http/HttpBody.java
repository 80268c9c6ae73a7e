package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The body of a request, at most {@link #MAX_BYTES} of UTF-8. Placeholders are replaced in {@link
 * Text} wherever they stand and in {@link Json} inside string values only.
 */
public sealed interface HttpBody {

  /** 1 MiB. */
  int MAX_BYTES = 1 << 20;

  /** The text as it was saved. */
  String content();

  /** Any text; the job chooses its {@code Content-Type}. */
  record Text(String content) implements HttpBody {
    public Text {
      checkSize(content);
      TemplateVariable.parse("request.body", content);
    }

    @Override
    public String toString() {
      return "Text[" + content.length() + " characters]";
    }
  }

  /**
   * A JSON object or array, kept without insignificant white space. Sent as {@code
   * application/json} unless the job sets another {@code Content-Type}.
   */
  record Json(String content) implements HttpBody {
    /**
     * @throws io.trigrun.validation.ValidationException if this is no JSON object or array, if a
     *     key is given twice or holds a placeholder, or if a variable is unknown
     */
    public Json {
      checkSize(content);
      JsonNode tree = parse(content);
      JsonTemplate.check("request.body", tree);
      content = JsonCodec.write(tree);
    }

    private static JsonNode parse(String content) {
      try {
        JsonNode tree = JsonCodec.read(JsonCodec.STRICT, content);
        Problems.require(
            tree.isContainer(), "request.body", "a JSON object or array", tree.getNodeType());
        return tree;
      } catch (JacksonException e) {
        throw Refusal.of("request.body", "valid JSON without repeated keys", JsonCodec.problem(e));
      }
    }

    @Override
    public String toString() {
      return "Json[" + content.length() + " characters]";
    }
  }

  private static void checkSize(String content) {
    int bytes = content.getBytes(StandardCharsets.UTF_8).length;
    Problems.require(
        bytes <= MAX_BYTES, "request.body", "at most " + MAX_BYTES + " bytes", bytes + " bytes");
  }
}
