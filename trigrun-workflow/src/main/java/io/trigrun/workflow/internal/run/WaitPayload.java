package io.trigrun.workflow.internal.run;

import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.HandlerStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What a waiting step shows to those who may see the run. */
record WaitPayload(String reason, ObjectNode payload, Optional<Instant> expiresAt) {

  static Optional<WaitPayload> of(Runs runs, UUID executionId, OpenSteps.OpenStep open) {
    ObjectNode payload = Nodes.object();
    Active active = open.active();
    if (active instanceof Active.Open wait) {
      runs.links()
          .map(links -> links.of(executionId, open.waitKey(), Optional.empty()))
          .ifPresent(links -> payload.put("resume_url", links.resumeUrl()));
      return Optional.of(new WaitPayload(open.step().type(), payload, wait.expiresAt()));
    }
    if (active instanceof Active.Asking asking) {
      payload.put("title", asking.title());
      payload.put("message", asking.message());
      links(runs, executionId, (ApprovalStep) open.step(), open.waitKey(), payload);
      return Optional.of(new WaitPayload(open.step().type(), payload, asking.expiresAt()));
    }
    if (active instanceof Active.Delayed delayed) {
      return Optional.of(new WaitPayload("delay", payload, Optional.of(delayed.until())));
    }
    if (active instanceof Active.Retrying retrying) {
      return Optional.of(new WaitPayload("retry", payload, Optional.of(retrying.at())));
    }
    if (active instanceof Active.Absent) {
      payload.put("handler", ((HandlerStep) open.step()).handler());
      return Optional.of(new WaitPayload("handler_missing", payload, Optional.empty()));
    }
    if (active instanceof Active.Child child) {
      payload.put("execution_id", child.executionId().toString());
      return Optional.of(new WaitPayload(open.step().type(), payload, child.expiresAt()));
    }
    return Optional.empty();
  }

  private static void links(
      Runs runs, UUID executionId, ApprovalStep step, String waitKey, ObjectNode payload) {
    if (runs.links().isEmpty()) {
      return;
    }
    Runs.LinkMaker links = runs.links().get();
    if (step.approvers().isEmpty()) {
      put(payload, links.of(executionId, waitKey, Optional.empty()));
      return;
    }
    ObjectNode approvers = payload.putObject("approvers");
    List<String> keys = Waits.keys(step, waitKey);
    for (int i = 0; i < keys.size(); i++) {
      String name = step.approvers().get(i);
      put(approvers.putObject(name), links.of(executionId, keys.get(i), Optional.of(name)));
    }
  }

  private static void put(ObjectNode node, Surroundings.Links links) {
    node.put("review_url", links.reviewUrl());
    node.put("approve_url", links.approveUrl());
    node.put("reject_url", links.rejectUrl());
  }
}
