package io.trigrun.workflow.internal.expression;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What references find at one moment of a run. Readers change none of the nodes. */
@FunctionalInterface
public interface Scope {

  /** What it refers to, be it {@code null}; empty if there is no such thing. */
  Optional<JsonNode> find(Reference reference);

  /** Knows these roots. */
  static Scope of(Map<String, JsonNode> roots) {
    Map<String, JsonNode> known = Map.copyOf(roots);
    return reference -> Optional.ofNullable(known.get(reference.root())).flatMap(reference::in);
  }
}
