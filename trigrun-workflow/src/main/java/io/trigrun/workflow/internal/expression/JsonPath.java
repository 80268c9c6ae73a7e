package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import io.trigrun.workflow.internal.jsonpath.Query;
import io.trigrun.workflow.internal.jsonpath.QuerySyntaxException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A JSONPath (RFC 9535) that takes a part out of a document. Parsed once, immutable. */
public final class JsonPath {

  /** Takes the place of one that is wrong. */
  private static final Query ROOT = Query.parse("$");

  private final String pointer;
  private final Query query;

  private JsonPath(String pointer, Query query) {
    this.pointer = pointer;
    this.query = query;
  }

  /** Parses a path; what is wrong with it is told to {@code problems}. */
  public static JsonPath parse(String pointer, String text, Problems problems) {
    try {
      return new JsonPath(pointer, Query.parse(text));
    } catch (QuerySyntaxException e) {
      problems.add(
          pointer,
          "a JSONPath (RFC 9535): " + e.expected() + " at character " + (e.at() + 1),
          e.at() >= text.length() ? "its end" : "something else");
      return new JsonPath(pointer, ROOT);
    }
  }

  /**
   * A copy of what it finds. A path that can find one node at most gives that, or nothing; any
   * other path gives an array of all nodes that it finds, which may be empty.
   *
   * @throws io.trigrun.workflow.internal.jsonpath.QueryLimitException if it takes too long
   * @throws OversizedRenderingException if it finds too much, or something nested too deeply
   */
  public Optional<JsonNode> find(JsonNode root) {
    List<JsonNode> nodes = query.find(root);
    if (query.isSingular()) {
      return nodes.stream().findFirst().map(node -> Rendering.copy(pointer, node));
    }
    return Optional.of(Rendering.copy(pointer, nodes));
  }
}
