package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.OnTimeout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people have said to an approval. Approved when as many as required said yes; one no is
 * enough to reject it: whichever came first.
 */
final class Votes {

  private final ApprovalStep step;
  private final List<ObjectNode> votes = new ArrayList<>();

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
    ObjectNode kept = Nodes.object();
    if (!step.approvers().isEmpty()) {
      kept.put("approver", step.approvers().get(approver));
    }
    vote.properties().forEach(entry -> kept.set(entry.getKey(), entry.getValue()));
    votes.add(kept);
  }

  private static boolean isYes(JsonNode vote) {
    return vote.path("decision").asString("").equals("approved");
  }

  private static Instant at(JsonNode vote) {
    return Instant.parse(vote.path("decided_at").asString(Instant.EPOCH.toString()));
  }

  private List<ObjectNode> inTime() {
    return votes.stream().sorted(Comparator.comparing(Votes::at)).toList();
  }

  /** The vote that decides. */
  private Optional<ObjectNode> decisive() {
    int approvals = 0;
    for (ObjectNode vote : inTime()) {
      approvals += isYes(vote) ? 1 : 0;
      if (!isYes(vote) || approvals >= step.required()) {
        return Optional.of(vote);
      }
    }
    return Optional.empty();
  }

  boolean isOpen() {
    return decisive().isEmpty();
  }

  /** How the step ends: by the votes, or because the time is up. */
  StepEnd end(Instant at) {
    Optional<ObjectNode> decisive = decisive();
    if (decisive.isEmpty()) {
      return timedOut(at);
    }
    ObjectNode last = decisive.get();
    boolean isYes = isYes(last);
    return end(isYes, "by " + who(last), output(isYes ? "approved" : "rejected", last, at));
  }

  private static String who(JsonNode last) {
    JsonNode by = last.path("decided_by");
    String name = by.path("verified").asString(by.path("claimed").asString(""));
    return name.isEmpty() ? last.path("approver").asString("whoever had the link") : name;
  }

  /** Nobody has decided that: those who have voted are among the votes. */
  private StepEnd timedOut(Instant at) {
    ObjectNode nobody = Nodes.object();
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

  private ObjectNode output(String decision, ObjectNode last, Instant at) {
    ObjectNode output = Nodes.object();
    output.put("decision", decision);
    last.optional("comment").ifPresent(comment -> output.set("comment", comment));
    last.optional("decided_by").ifPresent(by -> output.set("decided_by", by));
    output.put("decided_at", last.path("decided_at").asString(at.toString()));
    ArrayNode all = output.putArray("votes");
    votes.forEach(all::add);
    return output;
  }
}
