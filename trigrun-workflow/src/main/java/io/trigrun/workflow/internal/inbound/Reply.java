package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundResponse;
import io.trigrun.route.ErrorCode;
import io.trigrun.workflow.internal.link.WaitLink;
import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.Settlement.Accepted;
import io.trigrun.workflow.internal.wait.Settlement.Contradicted;
import io.trigrun.workflow.internal.wait.Settlement.Expired;
import io.trigrun.workflow.internal.wait.Settlement.Repeated;
import io.trigrun.workflow.internal.wait.Vote;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Status;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says the same to people, as a page, and to programs, as JSON. */
record Reply(boolean isPage) {

  static Reply page() {
    return new Reply(true);
  }

  static Reply json() {
    return new Reply(false);
  }

  /** The one answer to any link that does not hold, whatever is wrong with it. */
  InboundResponse badLink() {
    return isPage ? notice(404, Outcome.badLink()) : InboundResponse.notFound();
  }

  InboundResponse notYet() {
    return isPage
        ? notice(404, Outcome.notYet())
        : InboundResponse.error(404, "not_waiting", "nothing waits for this now");
  }

  InboundResponse tooMany(Duration wait) {
    InboundResponse plain = InboundResponse.tooManyRequests(wait);
    return isPage
        ? notice(429, Outcome.tooMany())
            .withHeader("Retry-After", plain.header("Retry-After").orElse("60"))
        : plain;
  }

  InboundResponse elsewhere() {
    return isPage
        ? notice(403, Outcome.elsewhere())
        : InboundResponse.error(403, "cross_site", "expected a request of this site's own");
  }

  InboundResponse unavailable() {
    InboundResponse response =
        isPage
            ? notice(503, Outcome.unavailable())
            : InboundResponse.error(ErrorCode.UNAVAILABLE, "try again soon");
    return response.withHeader("Retry-After", "5");
  }

  /** What a link leads to that there is nothing to decide with. */
  InboundResponse state(WaitView view, WaitLink link) {
    Optional<Vote> own = view.voteOf(link.approver());
    if (view.status() == Status.OPEN && own.isPresent()) {
      int missing = Math.max(0, view.terms().required() - view.approvals());
      return outcome(200, Outcome.waiting(own.get(), missing, view.terms()), view);
    }
    boolean isDecided = view.status() == Status.APPROVED || view.status() == Status.REJECTED;
    return outcome(isDecided ? 200 : 410, Outcome.over(view), view);
  }

  /** What became of a decision. */
  InboundResponse settled(Settlement settlement, Decision decision, WaitLink link, WaitView view) {
    int missing = missing(decision, link, view);
    if (settlement instanceof Accepted) {
      return isPage
          ? outcome(200, Outcome.thanks(decision, missing, view.terms()), view)
          : recorded("recorded", decision, missing);
    }
    if (settlement instanceof Repeated) {
      return isPage
          ? outcome(200, Outcome.repeated(decision, missing, view.terms()), view)
          : recorded("already_recorded", decision, missing);
    }
    if (settlement instanceof Contradicted contradicted) {
      Outcome outcome = Outcome.contradicted(decision, contradicted.winner());
      return isPage
          ? outcome(409, outcome, view)
          : InboundResponse.error(409, "already_decided", outcome.sentence());
    }
    if (settlement instanceof Expired) {
      return isPage ? outcome(410, Outcome.expired(view), view) : expired();
    }
    return isPage ? outcome(410, Outcome.closed(), view) : closed();
  }

  static InboundResponse expired() {
    return InboundResponse.error(410, "expired", "the time to answer is over");
  }

  static InboundResponse closed() {
    return InboundResponse.error(410, "closed", "nothing waits for this any more");
  }

  /** How many approvals are missing, this one counted, whether the view has it yet or not. */
  private static int missing(Decision decision, WaitLink link, WaitView view) {
    boolean isCounted =
        view.status() != Status.OPEN
            || view.voteOf(link.approver()).isPresent()
            || decision != Decision.APPROVED;
    int approvals = view.approvals() + (isCounted ? 0 : 1);
    return view.status() == Status.APPROVED ? 0 : Math.max(0, view.terms().required() - approvals);
  }

  private static InboundResponse recorded(String status, Decision decision, int missing) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("status", status).put("decision", decision.word());
    if (decision == Decision.APPROVED) {
      root.put("approvals_missing", missing);
    }
    return InboundResponse.json(200, root.toString());
  }

  private static InboundResponse outcome(int status, Outcome outcome, WaitView view) {
    return InboundResponse.html(status, ReviewPage.outcome(outcome, view));
  }

  private static InboundResponse notice(int status, Outcome outcome) {
    return InboundResponse.html(status, ReviewPage.notice(outcome));
  }
}
