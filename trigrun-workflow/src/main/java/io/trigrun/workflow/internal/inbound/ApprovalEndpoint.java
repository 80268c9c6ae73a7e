package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.Purpose;
import io.trigrun.workflow.internal.link.WaitLink;
import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.WaitDesk;
import io.trigrun.workflow.internal.wait.WaitView;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The review page, and the decisions that are posted. Reading decides nothing. */
final class ApprovalEndpoint {

  private static final int LONGEST_VERIFIED = 200;

  private final LinkKeys keys;
  private final WaitDesk desk;
  private final ApproverResolver resolver;
  private final Throttle throttle;
  private final PageNonce nonces;
  private final Clock clock;

  ApprovalEndpoint(
      LinkKeys keys, WaitDesk desk, ApproverResolver resolver, Throttle throttle, Clock clock) {
    this.keys = keys;
    this.desk = desk;
    this.resolver = resolver;
    this.throttle = throttle;
    this.nonces = new PageNonce(keys, clock);
    this.clock = clock;
  }

  /** The page on which both decisions can be made. */
  InboundResponse review(InboundRequest request, String token) {
    return page(request, token, Purpose.REVIEW);
  }

  /** The page for one decision. */
  InboundResponse page(InboundRequest request, String token, Decision decision) {
    return page(request, token, purpose(decision));
  }

  private InboundResponse page(InboundRequest request, String token, Purpose purpose) {
    Reply reply = Reply.page();
    Optional<WaitLink> link = keys.read(token, purpose);
    if (link.isEmpty()) {
      return reply.badLink();
    }
    Optional<WaitView> found = view(link.get());
    if (found.isEmpty()) {
      return reply.notYet();
    }
    WaitView view = found.get();
    if (view.kind() != Kind.APPROVAL) {
      return reply.badLink();
    }
    if (isAsked(view, link.get())) {
      return open(200, request, link.get(), view, Answer.none(), Optional.empty());
    }
    return reply.state(view, link.get());
  }

  /** Makes a decision. */
  InboundResponse decide(InboundRequest request, String token, Decision decision) {
    Reply reply = Answer.isForm(request) ? Reply.page() : Reply.json();
    Optional<WaitLink> link = keys.read(token, purpose(decision));
    if (link.isEmpty()) {
      return reply.badLink();
    }
    Optional<Duration> wait = throttle.answer(link.get());
    if (wait.isPresent()) {
      return reply.tooMany(wait.get());
    }
    if (isFromElsewhere(request)) {
      return reply.elsewhere();
    }
    Optional<WaitView> view = view(link.get());
    if (view.isEmpty()) {
      return reply.notYet();
    }
    if (view.get().kind() != Kind.APPROVAL) {
      return reply.badLink();
    }
    try {
      Answer answer = Answer.of(request);
      Optional<String> problem = problem(answer, link.get(), view.get());
      return problem.isPresent()
          ? refused(400, "bad_request", problem.get(), request, link.get(), view.get())
          : settle(request, link.get(), decision, answer, reply);
    } catch (BodyRefusedException e) {
      return refused(e.status(), e.code(), e.text(), request, link.get(), view.get());
    }
  }

  private static Purpose purpose(Decision decision) {
    return decision == Decision.APPROVED ? Purpose.APPROVE : Purpose.REJECT;
  }

  private InboundResponse settle(
      InboundRequest request, WaitLink link, Decision decision, Answer answer, Reply reply) {
    String input = answer.toJson(decision, link, verifiedName(request));
    Settlement settlement = desk.settle(link.executionId(), link.waitKey(), Kind.APPROVAL, input);
    return view(link)
        .map(view -> reply.settled(settlement, decision, link, view))
        .orElseGet(reply::notYet);
  }

  /** What is missing, if anything: a page that was left open for hours says so, too. */
  private Optional<String> problem(Answer answer, WaitLink link, WaitView view) {
    if (answer.isForm() && !nonces.holds(link, answer.nonce())) {
      return Optional.of(
          "Nothing was recorded yet, as this page was open for long. Please decide again.");
    }
    boolean isMissing = view.terms().requireComment() && answer.comment().isEmpty();
    if (!isMissing || !isAsked(view, link)) {
      return Optional.empty();
    }
    return Optional.of(
        answer.isForm()
            ? "Nothing was recorded yet: please give a reason."
            : "comment: expected a reason, got none");
  }

  private InboundResponse refused(
      int status,
      String code,
      String message,
      InboundRequest request,
      WaitLink link,
      WaitView view) {
    if (!Answer.isForm(request)) {
      return InboundResponse.error(status, code, message);
    }
    return isAsked(view, link)
        ? open(status, request, link, view, Answer.draft(request), Optional.of(message))
        : Reply.page().state(view, link);
  }

  private InboundResponse open(
      int status,
      InboundRequest request,
      WaitLink link,
      WaitView view,
      Answer draft,
      Optional<String> problem) {
    DecisionForm form =
        new DecisionForm(
            choices(link),
            link.purpose() != Purpose.REVIEW,
            nonces.of(link),
            link.approver(),
            verifiedName(request),
            draft,
            problem);
    return InboundResponse.html(status, ReviewPage.open(view, form, clock.instant()));
  }

  /** A link to one decision does not give the other; its page posts to where it is. */
  private Map<Decision, String> choices(WaitLink link) {
    return switch (link.purpose()) {
      case APPROVE -> Map.of(Decision.APPROVED, "");
      case REJECT -> Map.of(Decision.REJECTED, "");
      case REVIEW ->
          Map.of(
              Decision.APPROVED, keys.token(link.to(Purpose.APPROVE)) + "/approve",
              Decision.REJECTED, keys.token(link.to(Purpose.REJECT)) + "/reject");
      case RESUME -> Map.of();
    };
  }

  private Optional<WaitView> view(WaitLink link) {
    return desk.view(link.executionId(), link.waitKey());
  }

  /** Whether this person can still decide. */
  private static boolean isAsked(WaitView view, WaitLink link) {
    return view.status() == WaitView.Status.OPEN && view.voteOf(link.approver()).isEmpty();
  }

  /**
   * Browsers say which site a request comes from. Only pages of ours and people themselves decide,
   * so that a login of the host can't be used from elsewhere.
   */
  private static boolean isFromElsewhere(InboundRequest request) {
    return request
        .header("Sec-Fetch-Site")
        .filter(site -> !List.of("same-origin", "none").contains(site))
        .isPresent();
  }

  private Optional<String> verifiedName(InboundRequest request) {
    return resolver
        .verifiedName(request)
        .map(name -> PageText.of(name.strip(), LONGEST_VERIFIED))
        .filter(name -> !name.isEmpty());
  }
}
