package io.trigrun.workflow.internal.run;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.spi.Host;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.WaitStep;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.Vote;
import io.trigrun.workflow.internal.wait.WaitDesk;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import io.trigrun.workflow.internal.wait.WaitView.OnExpiry;
import io.trigrun.workflow.internal.wait.WaitView.Question;
import io.trigrun.workflow.internal.wait.WaitView.Status;
import io.trigrun.workflow.internal.wait.WaitView.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The waits of stored runs: one answer counts, decided by the store's compare-and-set (W13). */
final class StoredWaits implements WaitDesk {

  private final Host host;
  private final RunInput.Reader inputs = new RunInput.Reader();

  StoredWaits(Host host) {
    this.host = host;
  }

  /**
   * A wait that is, was or may come to be.
   *
   * @param key the step's key, without the approver
   * @param approver whose vote it is, as a place in the list
   */
  private record Found(
      Execution execution,
      Plan plan,
      Optional<RunState> state,
      Step step,
      String key,
      int approver) {

    Optional<Active> open() {
      return state.stream()
          .flatMap(known -> OpenSteps.of(plan, known).stream())
          .filter(one -> one.waitKey().equals(key))
          .map(OpenSteps.OpenStep::active)
          .findFirst();
    }

    /** Whether the run may come to it yet; nobody knows of one that has not begun. */
    boolean isAhead() {
      return state.map(known -> Reach.isAhead(plan, known, WaitKey.parse(key))).orElse(true);
    }

    /** Whether its time is up, or that of the run: which will find that out by itself. */
    boolean isLate(Instant now) {
      boolean isRunLate =
          plan.workflow().countWaiting()
              && !execution.state().isFinal()
              && state
                  .filter(known -> known.end == null && !now.isBefore(known.deadline))
                  .isPresent();
      return isRunLate
          || open().flatMap(StoredWaits::expiresAt).filter(at -> !now.isBefore(at)).isPresent();
    }
  }

  private Optional<Found> find(UUID executionId, String waitKey) {
    return host.store().findExecutions(List.of(executionId)).stream()
        .filter(RunCancellations::isWorkflow)
        .findFirst()
        .flatMap(execution -> find(execution, waitKey));
  }

  private Optional<Found> find(Execution execution, String waitKey) {
    Plan plan = inputs.read(execution.payload()).plan();
    WaitKey parts = WaitKey.parse(waitKey);
    return plan.step(parts.stepId())
        .filter(step -> step instanceof WaitStep || step instanceof ApprovalStep)
        .map(
            step ->
                new Found(
                    execution,
                    plan,
                    StateJson.find(execution.checkpoint()),
                    step,
                    parts.key(),
                    parts.approver()));
  }

  @Override
  public Settlement settle(UUID executionId, String waitKey, Kind kind, String inputJson) {
    Optional<Found> found = find(executionId, waitKey);
    if (found.isEmpty() || kind(found.get().step()) != kind) {
      return new Settlement.Gone();
    }
    Instant now = host.clock().instant();
    Found wait = found.get();
    if (wait.isLate(now)) {
      return new Settlement.Expired();
    }
    if (kind == Kind.APPROVAL && wait.open().isEmpty()) {
      return late(wait, inputJson);
    }
    JsonNode answer = answer(kind, inputJson, now);
    if (!wait.isAhead()) {
      // Leaves no trace: should a retry come to the wait after all, its link works.
      return host.store()
          .winner(executionId, waitKey)
          .map(winner -> lost(wait, answer, winner))
          .orElseGet(Settlement.Gone::new);
    }
    WakeResult result =
        host.store().wake(new WakeUp(executionId, waitKey, WaitInput.of(answer), now));
    if (result instanceof WakeResult.Lost lost) {
      return lost(wait, answer, lost.winner());
    }
    if (result instanceof WakeResult.Woken || result instanceof WakeResult.Kept) {
      host.wakeUp();
      return new Settlement.Accepted();
    }
    return new Settlement.Gone();
  }

  private Settlement lost(Found wait, JsonNode answer, WakeUp winner) {
    JsonNode input = Nodes.read(winner.input());
    return WaitInput.isExpiry(input)
        ? closed(wait, winner.waitKey(), answer)
        : lost(kind(wait.step()), answer, input);
  }

  /** Its run has closed it: its time is up, or enough others have voted. */
  private Settlement closed(Found wait, String waitKey, JsonNode answer) {
    Optional<Found> again = find(wait.execution().id(), waitKey);
    if (kind(wait.step()) == Kind.WEBHOOK
        || again.isEmpty()
        || again.get().isLate(host.clock().instant())) {
      return new Settlement.Expired();
    }
    return again.get().open().isPresent()
        ? new Settlement.Contradicted(Optional.empty())
        : late(again.get(), Nodes.write(answer));
  }

  private static JsonNode answer(Kind kind, String inputJson, Instant now) {
    JsonNode input = Nodes.read(inputJson);
    if (kind == Kind.WEBHOOK) {
      return input;
    }
    ObjectNode vote = Nodes.object();
    vote.put("decision", input.path("decision").asString(""));
    input.optional("comment").filter(JsonNode::isString).ifPresent(it -> vote.set("comment", it));
    ObjectNode by = Nodes.object();
    input
        .optional("verified_by")
        .filter(JsonNode::isString)
        .ifPresent(it -> by.set("verified", it));
    input.optional("claimed_by").filter(JsonNode::isString).ifPresent(it -> by.set("claimed", it));
    if (!by.isEmpty()) {
      vote.set("decided_by", by);
    }
    vote.put("decided_at", now.toString());
    return vote;
  }

  private static Settlement lost(Kind kind, JsonNode answer, JsonNode winner) {
    JsonNode counted = WaitInput.value(winner).orElseGet(Nodes::nothing);
    if (kind == Kind.WEBHOOK) {
      return counted.equals(answer)
          ? new Settlement.Repeated(Optional.empty())
          : new Settlement.Contradicted(Optional.empty());
    }
    Optional<Vote> vote = Optional.of(vote(counted));
    return counted.path("decision").equals(answer.path("decision"))
        ? new Settlement.Repeated(vote)
        : new Settlement.Contradicted(vote);
  }

  /** A vote on what is decided already, was never asked, or is over. */
  private Settlement late(Found wait, String inputJson) {
    Optional<JsonNode> end = end(wait);
    if (end.isEmpty()) {
      return new Settlement.Gone();
    }
    if (end.get().path("status").asString("").equals("expired")) {
      return new Settlement.Expired();
    }
    if (!end.get().path("output").has("decision")) {
      return new Settlement.Gone(); // it was skipped, or could not ask: there was no decision
    }
    String decision = Nodes.read(inputJson).path("decision").asString("");
    List<Vote> votes = votes(end.get().path("output").path("votes"));
    Optional<Vote> own =
        wait.step() instanceof ApprovalStep approval && !approval.approvers().isEmpty()
            ? votes.stream()
                .filter(
                    vote ->
                        vote.approver()
                            .equals(Optional.of(approval.approvers().get(wait.approver()))))
                .findFirst()
            : votes.stream().reduce((one, other) -> other);
    if (own.filter(vote -> vote.decision().word().equals(decision)).isPresent()) {
      return new Settlement.Repeated(own);
    }
    return new Settlement.Contradicted(own.or(() -> votes.stream().reduce((a, b) -> b)));
  }

  /** How the step ended, as the journal says. */
  private Optional<JsonNode> end(Found wait) {
    Optional<JsonNode> end = Optional.empty();
    for (JournalEntry entry : host.store().journal(wait.execution().id())) {
      JsonNode record = Nodes.read(entry.document());
      if (WaitKey.of(record).equals(wait.key())) {
        end = Optional.of(record);
      }
    }
    return end;
  }

  private static Kind kind(Step step) {
    return step instanceof ApprovalStep ? Kind.APPROVAL : Kind.WEBHOOK;
  }

  private static Optional<Instant> expiresAt(Active active) {
    if (active instanceof Active.Open open) {
      return open.expiresAt();
    }
    return active instanceof Active.Asking asking ? asking.expiresAt() : Optional.empty();
  }

  @Override
  public Optional<WaitView> view(UUID executionId, String waitKey) {
    return find(executionId, waitKey).flatMap(this::view);
  }

  private Optional<WaitView> view(Found wait) {
    Optional<Active> open = wait.open();
    Optional<JsonNode> end = open.isPresent() ? Optional.empty() : end(wait);
    boolean isOver = wait.execution().state().isFinal();
    if (open.isEmpty() && end.isEmpty() && !isOver) {
      return Optional.empty();
    }
    List<Vote> votes =
        end.map(record -> votes(record.path("output").path("votes")))
            .orElseGet(() -> castVotes(wait));
    return Optional.of(
        new WaitView(
            kind(wait.step()),
            question(wait, open),
            terms(wait, open),
            votes,
            status(wait, open, end, isOver, host.clock().instant())));
  }

  private Question question(Found wait, Optional<Active> open) {
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

  private static Terms terms(Found wait, Optional<Active> open) {
    Optional<Instant> expiresAt =
        open.flatMap(StoredWaits::expiresAt)
            .or(
                () ->
                    wait.plan().workflow().countWaiting()
                        ? wait.state().map(state -> state.deadline)
                        : Optional.empty());
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

  private static Status status(
      Found wait, Optional<Active> open, Optional<JsonNode> end, boolean isOver, Instant now) {
    if (open.isPresent() && !isOver) {
      // Its run finds that out a moment later.
      boolean isLate =
          open.flatMap(StoredWaits::expiresAt).filter(at -> !now.isBefore(at)).isPresent();
      return isLate ? Status.EXPIRED : Status.OPEN;
    }
    String output = end.map(it -> it.path("output").path("decision").asString("")).orElse("");
    String status = end.map(it -> it.path("status").asString("")).orElse("");
    if (status.equals("expired")) {
      return Status.EXPIRED;
    }
    if (wait.step() instanceof ApprovalStep) {
      return switch (output) {
        case "approved" -> Status.APPROVED;
        case "rejected" -> Status.REJECTED;
        default -> Status.CLOSED;
      };
    }
    return status.equals("succeeded") ? Status.RECEIVED : Status.CLOSED;
  }

  /** Of an approval of several that is still open. */
  private List<Vote> castVotes(Found wait) {
    if (!(wait.step() instanceof ApprovalStep approval)) {
      return List.of();
    }
    List<Vote> votes = new ArrayList<>();
    List<String> keys = Waits.keys(approval, wait.key());
    for (int i = 0; i < keys.size(); i++) {
      Optional<WakeUp> winner = host.store().winner(wait.execution().id(), keys.get(i));
      Optional<String> name =
          approval.approvers().isEmpty()
              ? Optional.empty()
              : Optional.of(approval.approvers().get(i));
      winner
          .map(WakeUp::input)
          .map(Nodes::read)
          .filter(it -> !WaitInput.isExpiry(it))
          .flatMap(WaitInput::value)
          .map(StoredWaits::vote)
          .ifPresent(
              vote ->
                  votes.add(
                      new Vote(
                          vote.decision(),
                          name,
                          vote.claimedBy(),
                          vote.verifiedBy(),
                          vote.comment(),
                          vote.at())));
    }
    return votes;
  }

  private static List<Vote> votes(JsonNode nodes) {
    return nodes.values().stream().map(StoredWaits::vote).toList();
  }

  private static Vote vote(JsonNode node) {
    JsonNode by = node.path("decided_by");
    return new Vote(
        Decision.valueOf(node.path("decision").asString("rejected").toUpperCase(Locale.ROOT)),
        text(node, "approver"),
        text(by, "claimed"),
        text(by, "verified"),
        text(node, "comment"),
        Instant.parse(node.path("decided_at").asString(Instant.EPOCH.toString())));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.optional(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
