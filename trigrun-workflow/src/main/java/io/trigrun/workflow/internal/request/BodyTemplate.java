package io.trigrun.workflow.internal.request;

import io.trigrun.http.HttpBody;
import io.trigrun.http.SecretLookup;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.expression.Located;
import io.trigrun.workflow.internal.expression.Root;
import io.trigrun.workflow.internal.expression.Scope;
import io.trigrun.workflow.internal.expression.TemplateTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A body: a text with placeholders, or a JSON object or array with placeholders in its strings.
 * Into a text values come as they are; a text that is one placeholder and nothing else is JSON if
 * its value is an object or an array.
 */
public final class BodyTemplate {

  private final String pointer;
  private final TemplateTree tree;

  private BodyTemplate(String pointer, TemplateTree tree) {
    this.pointer = pointer;
    this.tree = tree;
  }

  static BodyTemplate parse(String pointer, JsonNode body, Problems problems) {
    problems.check(
        body.isString() || body.isContainer(),
        pointer,
        "a string, an object or an array",
        "a value of type " + body.getNodeType());
    int size = bytes(body).length;
    problems.check(
        size <= HttpBody.MAX_BYTES,
        pointer,
        "at most " + HttpBody.MAX_BYTES + " bytes",
        size + " bytes");
    return new BodyTemplate(pointer, TemplateTree.parse(pointer, body, Root.ALL, problems));
  }

  private static byte[] bytes(JsonNode body) {
    String text = body.isString() ? body.stringValue() : JsonText.write(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  List<Located> references() {
    return tree.references();
  }

  /**
   * The body of one request.
   *
   * @throws io.trigrun.workflow.internal.expression.RenderingException if a reference finds nothing
   * @throws io.trigrun.validation.ValidationException if it becomes too large
   */
  public Rendered render(Scope scope, SecretLookup secrets) {
    JsonNode body = tree.render(new SecretScope(scope, secrets));
    byte[] bytes = body.isNull() ? new byte[0] : bytes(body);
    Problems.require(
        bytes.length <= HttpBody.MAX_BYTES,
        pointer,
        "at most " + HttpBody.MAX_BYTES + " bytes once its placeholders are replaced",
        bytes.length + " bytes");
    return new Rendered(bytes, body.isContainer());
  }

  /** What goes out. */
  @SuppressWarnings("ArrayRecordComponent") // made, read once and forgotten
  public record Rendered(byte[] bytes, boolean isJson) {}
}
