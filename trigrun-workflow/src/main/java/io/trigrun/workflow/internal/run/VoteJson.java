package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A vote as runs keep it, and as their journal has it. */
final class VoteJson {

  private VoteJson() {}

  /** What somebody has handed in, as it is kept. */
  static JsonNode write(JsonNode input, Instant now) {
    ObjectNode vote = Nodes.object();
    vote.put("decision", input.path("decision").asString(""));
    copy(input, "comment", vote, "comment");
    ObjectNode by = Nodes.object();
    copy(input, "verified_by", by, "verified");
    copy(input, "claimed_by", by, "claimed");
    if (!by.isEmpty()) {
      vote.set("decided_by", by);
    }
    vote.put("decided_at", now.toString());
    return vote;
  }

  private static void copy(JsonNode from, String name, ObjectNode to, String as) {
    from.optional(name).filter(JsonNode::isString).ifPresent(text -> to.set(as, text));
  }

  /** The votes in the record of how an approval ended. */
  static List<Vote> readAll(JsonNode end) {
    return end.path("output").path("votes").values().stream().map(VoteJson::read).toList();
  }

  static Vote read(JsonNode node) {
    return read(node, text(node, "approver"));
  }

  /**
   * @param approver who has voted: what was handed in does not say it
   */
  static Vote read(JsonNode node, Optional<String> approver) {
    JsonNode by = node.path("decided_by");
    return new Vote(
        Decision.valueOf(node.path("decision").asString("rejected").toUpperCase(Locale.ROOT)),
        approver,
        text(by, "claimed"),
        text(by, "verified"),
        text(node, "comment"),
        Instant.parse(node.path("decided_at").asString(Instant.EPOCH.toString())));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.optional(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
