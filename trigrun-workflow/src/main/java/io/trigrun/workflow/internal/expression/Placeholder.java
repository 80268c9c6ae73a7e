package io.trigrun.workflow.internal.expression;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What stands between two pairs of braces: {@code context.name}, or {@code context.name ?? "none"}.
 *
 * @param byDefault what it is if the reference finds nothing, or {@code null}
 */
public record Placeholder(Reference reference, Optional<JsonNode> byDefault) {

  /**
   * Its value.
   *
   * @param pointer where it stands
   * @throws UnresolvedReferenceException if there is none
   */
  JsonNode value(String pointer, Scope scope) {
    Optional<JsonNode> found = scope.find(reference);
    Optional<JsonNode> value =
        byDefault.isPresent() ? found.filter(node -> !node.isNull()).or(() -> byDefault) : found;
    return value.orElseThrow(() -> new UnresolvedReferenceException(pointer, reference));
  }
}
