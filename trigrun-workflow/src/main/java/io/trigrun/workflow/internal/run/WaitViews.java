package io.trigrun.workflow.internal.run;

import io.trigrun.Job;
import io.trigrun.spi.Host;
import io.trigrun.spi.WakeUp;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.WaitStep;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.internal.wait.Vote;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.OnExpiry;
import io.trigrun.workflow.internal.wait.WaitView.Question;
import io.trigrun.workflow.internal.wait.WaitView.Status;
import io.trigrun.workflow.internal.wait.WaitView.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Waits as those may see them who have a link. */
final class WaitViews {

  private final Host host;
  private final WaitFinder waits;

  WaitViews(Host host, WaitFinder waits) {
    this.host = host;
    this.waits = waits;
  }

  /** Empty of one that has not begun, or was passed by. */
  Optional<WaitView> view(FoundWait wait) {
    Optional<Active> open = wait.open();
    Optional<JsonNode> end = open.isPresent() ? Optional.empty() : waits.end(wait);
    if (open.isEmpty() && end.isEmpty() && !wait.execution().state().isFinal()) {
      return Optional.empty();
    }
    return Optional.of(
        new WaitView(
            wait.kind(),
            question(wait, open),
            terms(wait),
            end.map(VoteJson::readAll).orElseGet(() -> castVotes(wait)),
            status(wait, end)));
  }

  private Question question(FoundWait wait, Optional<Active> open) {
    String workflow =
        wait.execution()
            .jobId()
            .flatMap(id -> host.workspace(wait.execution().workspace()).jobs().find(id))
            .map(Job::name)
            .orElse(Workflow.HANDLER);
    return open.orElse(null) instanceof Active.Asking asking
        ? new Question(
            workflow, wait.step().id(), asking.title(), asking.message(), asking.fields())
        : new Question(workflow, wait.step().id(), wait.step().id(), "", Map.of());
  }

  private static Terms terms(FoundWait wait) {
    Optional<Instant> expiresAt = wait.expiresAt();
    if (expiresAt.isEmpty() && wait.plan().workflow().countWaiting()) {
      expiresAt = wait.state().map(state -> state.deadline);
    }
    if (wait.step() instanceof ApprovalStep approval) {
      return new Terms(
          expiresAt,
          onExpiry(approval.onTimeout()),
          approval.requireComment(),
          approval.continueOnReject(),
          approval.required(),
          approval.approvers().size());
    }
    return new Terms(expiresAt, onExpiry(((WaitStep) wait.step()).onTimeout()), false, false, 1, 0);
  }

  private static OnExpiry onExpiry(OnTimeout onTimeout) {
    if (onTimeout instanceof OnTimeout.Approve) {
      return OnExpiry.APPROVE;
    }
    if (onTimeout instanceof OnTimeout.Reject) {
      return OnExpiry.REJECT;
    }
    return onTimeout instanceof OnTimeout.Continue ? OnExpiry.CONTINUE : OnExpiry.FAIL;
  }

  private Status status(FoundWait wait, Optional<JsonNode> end) {
    if (wait.open().isPresent() && !wait.execution().state().isFinal()) {
      return wait.isExpired(host.clock().instant()) ? Status.EXPIRED : Status.OPEN;
    }
    String status = end.map(it -> it.path("status").asString("")).orElse("");
    if (status.equals("expired")) {
      return Status.EXPIRED;
    }
    if (wait.step() instanceof ApprovalStep) {
      return switch (end.map(it -> it.path("output").path("decision").asString("")).orElse("")) {
        case "approved" -> Status.APPROVED;
        case "rejected" -> Status.REJECTED;
        default -> Status.CLOSED;
      };
    }
    return status.equals("succeeded") ? Status.RECEIVED : Status.CLOSED;
  }

  /** Of an approval that is still open. */
  private List<Vote> castVotes(FoundWait wait) {
    if (!(wait.step() instanceof ApprovalStep approval)) {
      return List.of();
    }
    List<Vote> votes = new ArrayList<>();
    List<String> keys = Waits.keys(approval, wait.key());
    for (int i = 0; i < keys.size(); i++) {
      Optional<String> approver = approval.approvers().stream().skip(i).findFirst();
      host.store()
          .winner(wait.execution().id(), keys.get(i))
          .map(WakeUp::input)
          .map(Nodes::read)
          .filter(input -> !WaitInput.isExpiry(input))
          .flatMap(WaitInput::value)
          .ifPresent(vote -> votes.add(VoteJson.read(vote, approver)));
    }
    return votes;
  }
}
