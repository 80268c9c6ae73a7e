package io.trigrun.workflow.internal.inbound;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One wait, whose state tests set, and what was handed in for it. */
final class DeskDouble implements WaitDesk {

  static final UUID RUN = new UUID(7, 9);
  static final String WAIT = "approve";
  static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

  final List<String> handedIn = new ArrayList<>();
  Optional<WaitView> view = Optional.of(open(1, 0, false));
  Settlement settlement = new Settlement.Accepted();

  @Override
  public Optional<WaitView> view(UUID executionId, String waitKey) {
    return executionId.equals(RUN) && waitKey.equals(WAIT) ? view : Optional.empty();
  }

  @Override
  public Settlement settle(UUID executionId, String waitKey, Kind kind, String inputJson) {
    handedIn.add(kind + " " + inputJson);
    return settlement;
  }

  /** What was handed in, and forgets it. */
  List<String> taken() {
    List<String> all = List.copyOf(handedIn);
    handedIn.clear();
    return all;
  }

  static WaitView open(int required, int approvers, boolean requireComment) {
    Question question =
        new Question("orders", "approve", "Ship it?", "Ship order 7?", Map.of("Amount", "12 EUR"));
    Terms terms =
        new Terms(
            Optional.of(NOW.plusSeconds(7_200)),
            OnExpiry.FAIL,
            requireComment,
            false,
            required,
            approvers);
    return new WaitView(Kind.APPROVAL, question, terms, List.of(), Status.OPEN);
  }

  void is(Status status, Vote... votes) {
    WaitView now = view.orElseThrow();
    view =
        Optional.of(new WaitView(now.kind(), now.question(), now.terms(), List.of(votes), status));
  }

  static Vote vote(Decision decision, String approver) {
    return new Vote(
        decision,
        Optional.of(approver).filter(name -> !name.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.of("because"),
        NOW.minusSeconds(60));
  }
}
