package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.PublicRoute;
import io.trigrun.inbound.PublicRoutes;
import io.trigrun.spi.StoreException;
import io.trigrun.workflow.ApproverResolver;
import io.trigrun.workflow.internal.link.LinkKeys;
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

  private final PublicRoutes routes;
  private final Throttle throttle;

  public WaitRoutes(LinkKeys keys, WaitDesk desk, ApproverResolver resolver, Clock clock) {
    this.throttle = new Throttle(clock);
    this.routes =
        PublicRoutes.of(
            WaitSurface.of(
                new ResumeEndpoint(keys, desk, throttle),
                new ApprovalEndpoint(keys, desk, resolver, throttle, clock)));
  }

  @Override
  public List<PublicRoute> described() {
    return routes.described();
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
      return routes.handle(request);
    } catch (StoreException e) {
      if (e.isRetryable()) {
        return Optional.of(reply(request, path).unavailable());
      }
      throw e;
    }
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
