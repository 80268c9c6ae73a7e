package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.spi.StoreException;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.wait.Decision;
import io.trigrun.workflow.internal.wait.WaitDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The routes of waiting runs, below {@code /v1}: {@code /resume/<token>}, {@code
 * /approvals/<token>}, {@code /approvals/<token>/approve} and {@code /reject}. {@code GET} and
 * {@code HEAD} change nothing, on any of them.
 */
public final class WaitRoutes implements InboundRoutes {

  private final ResumeEndpoint resumes;
  private final ApprovalEndpoint approvals;
  private final Throttle throttle;

  public WaitRoutes(LinkKeys keys, WaitDesk desk, ApproverResolver resolver, Clock clock) {
    this.throttle = new Throttle(clock);
    this.resumes = new ResumeEndpoint(keys, desk, throttle);
    this.approvals = new ApprovalEndpoint(keys, desk, resolver, throttle, clock);
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    List<String> path = request.segments();
    return answer(request, path)
        .map(response -> throttled(request, path, response))
        .map(SafeHeaders::on);
  }

  private Optional<InboundResponse> answer(InboundRequest request, List<String> path) {
    try {
      return route(request, path);
    } catch (StoreException e) {
      if (e.isRetryable()) {
        return Optional.of(reply(request, path).unavailable());
      }
      throw e;
    }
  }

  private Optional<InboundResponse> route(InboundRequest request, List<String> path) {
    if (path.size() == 2 && path.get(0).equals("resume")) {
      return Optional.of(resumes.resume(request, path.get(1)));
    }
    if (path.size() == 2 && path.get(0).equals("approvals")) {
      return Optional.of(approvals.review(request, path.get(1)));
    }
    if (path.size() == 3 && path.get(0).equals("approvals")) {
      return decision(path.get(2))
          .map(decision -> approvals.decision(request, path.get(1), decision));
    }
    return Optional.empty();
  }

  private static Optional<Decision> decision(String word) {
    return switch (word) {
      case "approve" -> Optional.of(Decision.APPROVED);
      case "reject" -> Optional.of(Decision.REJECTED);
      default -> Optional.empty();
    };
  }

  /** Failures are counted after the fact, so that a link that holds always works. */
  private InboundResponse throttled(
      InboundRequest request, List<String> path, InboundResponse response) {
    Optional<Duration> wait =
        switch (response.status()) {
          case 400, 403, 404, 405, 413, 415 -> throttle.failure(request);
          default -> Optional.empty();
        };
    return wait.map(reply(request, path)::tooMany).orElse(response);
  }

  /** People open pages and send forms; whatever else comes is of a program. */
  private static Reply reply(InboundRequest request, List<String> path) {
    boolean isApproval = path.get(0).equals("approvals");
    return isApproval && (request.isRead() || Answer.isForm(request)) ? Reply.page() : Reply.json();
  }
}
