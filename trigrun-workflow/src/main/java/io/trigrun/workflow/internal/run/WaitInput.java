package io.trigrun.workflow.internal.run;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What wakes a wait: an input of somebody, or that its time is up. */
final class WaitInput {

  /** What {@link Surroundings#expire} hands in. No caller can: inputs are wrapped. */
  static final String EXPIRED = "{\"expired\":true}";

  private WaitInput() {}

  static boolean isExpiry(JsonNode input) {
    return input.path("expired").booleanValue(false);
  }

  /** What a callback has brought. */
  static String of(JsonNode value) {
    ObjectNode node = Nodes.object();
    node.set("input", value);
    return Nodes.write(node);
  }

  static Optional<JsonNode> value(JsonNode input) {
    return input.optional("input");
  }
}
