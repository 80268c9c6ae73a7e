package io.trigrun.workflow.internal.run;

import io.trigrun.spi.Host;
import io.trigrun.spi.WakeResult;
import io.trigrun.spi.WakeUp;
import io.trigrun.workflow.definition.ApprovalStep;
import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.Vote;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Hands answers to waits: one counts, decided by the store's compare-and-set (W13). */
final class Answering {

  private final Host host;
  private final WaitFinder waits;

  Answering(Host host, WaitFinder waits) {
    this.host = host;
    this.waits = waits;
  }

  Settlement settle(UUID executionId, String waitKey, Kind kind, String inputJson) {
    Optional<FoundWait> found =
        waits.find(executionId, waitKey).filter(wait -> wait.kind() == kind);
    if (found.isEmpty()) {
      return new Settlement.Gone();
    }
    Instant now = host.clock().instant();
    FoundWait wait = found.get();
    if (wait.isLate(now)) {
      return new Settlement.Expired();
    }
    JsonNode input = Nodes.read(inputJson);
    JsonNode answer = kind == Kind.WEBHOOK ? input : VoteJson.write(input, now);
    if (kind == Kind.APPROVAL && wait.open().isEmpty()) {
      return late(wait, answer);
    }
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

  private Settlement lost(FoundWait wait, JsonNode answer, WakeUp winner) {
    JsonNode input = Nodes.read(winner.input());
    if (WaitInput.isExpiry(input)) {
      return closed(wait, winner.waitKey(), answer);
    }
    JsonNode counted = WaitInput.value(input).orElseGet(Nodes::nothing);
    boolean isVote = wait.kind() == Kind.APPROVAL;
    Optional<Vote> vote = isVote ? Optional.of(VoteJson.read(counted)) : Optional.empty();
    boolean isSame =
        isVote ? counted.path("decision").equals(answer.path("decision")) : counted.equals(answer);
    return isSame ? new Settlement.Repeated(vote) : new Settlement.Contradicted(vote);
  }

  /** Its run has closed it: its time is up, or enough others have voted. */
  private Settlement closed(FoundWait wait, String waitKey, JsonNode answer) {
    Optional<FoundWait> again = waits.find(wait.execution().id(), waitKey);
    if (wait.kind() == Kind.WEBHOOK
        || again.isEmpty()
        || again.get().isLate(host.clock().instant())) {
      return new Settlement.Expired();
    }
    return again.get().open().isPresent()
        ? new Settlement.Contradicted(Optional.empty())
        : late(again.get(), answer);
  }

  /** A vote on what is decided already, was never asked, or is over. */
  private Settlement late(FoundWait wait, JsonNode answer) {
    Optional<JsonNode> end = waits.end(wait);
    if (end.isEmpty()) {
      return new Settlement.Gone();
    }
    if (end.get().path("status").asString("").equals("expired")) {
      return new Settlement.Expired();
    }
    if (!end.get().path("output").has("decision")) {
      return new Settlement.Gone(); // it was skipped, or could not ask: there was no decision
    }
    List<Vote> votes = VoteJson.readAll(end.get());
    Optional<Vote> last = votes.stream().reduce((one, other) -> other);
    ApprovalStep step = (ApprovalStep) wait.step();
    List<String> approvers = step.approvers();
    Optional<Vote> own =
        approvers.isEmpty() ? last : of(Optional.of(approvers.get(wait.approver())), votes);
    String decision = answer.path("decision").asString("");
    if (own.filter(vote -> vote.decision().word().equals(decision)).isPresent()) {
      return new Settlement.Repeated(own);
    }
    return isByTime(step, votes)
        ? new Settlement.Expired()
        : new Settlement.Contradicted(own.or(() -> last));
  }

  /** Too few have decided: what it ended as, its author has said. */
  private static boolean isByTime(ApprovalStep step, List<Vote> votes) {
    return votes.size() < step.required()
        && votes.stream().allMatch(vote -> vote.decision() == Decision.APPROVED);
  }

  private static Optional<Vote> of(Optional<String> approver, List<Vote> votes) {
    return votes.stream().filter(vote -> vote.approver().equals(approver)).findFirst();
  }
}
