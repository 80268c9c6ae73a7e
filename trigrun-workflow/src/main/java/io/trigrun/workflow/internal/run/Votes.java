package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.OnTimeout;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people have said to an approval. Approved when as many as required said yes; one no is
 * enough to reject it.
 */
final class Votes {

  private final ApprovalStep step;
  private final ArrayNode votes = Nodes.object().arrayNode();
  private int approvals;
  private int rejections;
  private JsonNode lastApproval = Nodes.object();
  private JsonNode lastRejection = Nodes.object();

  Votes(ApprovalStep step) {
    this.step = step;
  }

  /**
   * @param approver who, as a place in the list of approvers
   */
  void add(int approver, JsonNode input) {
    if (WaitInput.isExpiry(input)) {
      return;
    }
    JsonNode vote = WaitInput.value(input).orElseGet(Nodes::object);
    boolean approves = vote.path("decision").asString("").equals("approved");
    approvals += approves ? 1 : 0;
    rejections += approves ? 0 : 1;
    ObjectNode kept = Nodes.object();
    if (!step.approvers().isEmpty()) {
      kept.put("approver", step.approvers().get(approver));
    }
    vote.properties().forEach(entry -> kept.set(entry.getKey(), entry.getValue()));
    votes.add(kept);
    if (approves) {
      lastApproval = later(lastApproval, kept);
    } else {
      lastRejection = later(lastRejection, kept);
    }
  }

  private static JsonNode later(JsonNode one, JsonNode other) {
    return at(other).compareTo(at(one)) >= 0 ? other : one;
  }

  private static String at(JsonNode vote) {
    return vote.path("decided_at").asString("");
  }

  /** The vote that decided. */
  private JsonNode last() {
    return isApproved() ? lastApproval : lastRejection;
  }

  private boolean isApproved() {
    return approvals >= step.required();
  }

  private boolean isRejected() {
    return rejections > 0;
  }

  boolean isOpen() {
    return !isApproved() && !isRejected();
  }

  /** How the step ends: by the votes, or because the time is up. */
  StepEnd end(Instant at) {
    if (isOpen()) {
      return timedOut(at);
    }
    return end(
        isApproved(), "by " + who(), output(isApproved() ? "approved" : "rejected", last(), at));
  }

  private String who() {
    JsonNode by = last().path("decided_by");
    String name = by.path("verified").asString(by.path("claimed").asString(""));
    return name.isEmpty() ? last().path("approver").asString("whoever had the link") : name;
  }

  /** Nobody has decided that: those who have voted are among the votes. */
  private StepEnd timedOut(Instant at) {
    JsonNode nobody = Nodes.object();
    if (step.onTimeout() instanceof OnTimeout.Approve) {
      return end(true, "by default", output("approved", nobody, at));
    }
    if (step.onTimeout() instanceof OnTimeout.Reject) {
      return end(false, "because nobody decided in time", output("rejected", nobody, at));
    }
    return StepEnd.failed(
        StepEnd.Status.EXPIRED,
        output("expired", nobody, at),
        StepFailure.of("WAIT_EXPIRED", "too few have decided in time"));
  }

  private StepEnd end(boolean isYes, String how, ObjectNode output) {
    return isYes || step.continueOnReject()
        ? StepEnd.succeeded(output)
        : StepEnd.failed(
            StepEnd.Status.REJECTED, output, StepFailure.of("REJECTED", "it was rejected " + how));
  }

  private ObjectNode output(String decision, JsonNode deciding, Instant at) {
    ObjectNode output = Nodes.object();
    output.put("decision", decision);
    deciding.optional("comment").ifPresent(comment -> output.set("comment", comment));
    deciding.optional("decided_by").ifPresent(by -> output.set("decided_by", by));
    output.put("decided_at", deciding.path("decided_at").asString(at.toString()));
    output.set("votes", votes);
    return output;
  }
}
