package io.trigrun.workflow.internal.expression;

import io.trigrun.validation.Problems;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A query of RFC 9535, parsed once. Immutable. Not written yet: finds the root, whatever it says.
 */
public final class JsonPath {

  private final String text;

  private JsonPath(String text) {
    this.text = text;
  }

  /** Parses a query; what is wrong with it is told to {@code problems}. */
  public static JsonPath parse(String pointer, String text, Problems problems) {
    problems.check(text.startsWith("$"), pointer, "a JSONPath such as $.order.id", text);
    return new JsonPath(text);
  }

  /**
   * What the query finds: its node if it is a singular one, else an array of its nodes, which may
   * be empty.
   */
  public Optional<JsonNode> find(JsonNode root) {
    return Optional.of(root);
  }

  @Override
  public String toString() {
    return text;
  }
}
