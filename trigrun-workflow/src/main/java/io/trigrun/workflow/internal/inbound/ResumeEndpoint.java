package io.trigrun.workflow.internal.inbound;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.Purpose;
import io.trigrun.workflow.internal.link.WaitLink;
import io.trigrun.workflow.internal.wait.Settlement;
import io.trigrun.workflow.internal.wait.Settlement.Accepted;
import io.trigrun.workflow.internal.wait.Settlement.Contradicted;
import io.trigrun.workflow.internal.wait.Settlement.Expired;
import io.trigrun.workflow.internal.wait.Settlement.Repeated;
import io.trigrun.workflow.internal.wait.WaitDesk;
import io.trigrun.workflow.internal.wait.WaitView.Kind;
import java.time.Duration;
import java.util.Optional;

/** What programs post to a run that waits for them. */
record ResumeEndpoint(LinkKeys keys, WaitDesk desk, Throttle throttle) {

  InboundResponse resume(InboundRequest request, String token) {
    Optional<WaitLink> link = keys.read(token, Purpose.RESUME);
    if (link.isEmpty()) {
      return InboundResponse.notFound();
    }
    Optional<Duration> wait = throttle.answer(link.get());
    if (wait.isPresent()) {
      return InboundResponse.tooManyRequests(wait.get());
    }
    try {
      String input = ResumeInput.of(request);
      return reply(
          desk.settle(link.get().executionId(), link.get().waitKey(), Kind.WEBHOOK, input));
    } catch (BodyRefusedException e) {
      return InboundResponse.error(e.status(), e.code(), e.text());
    }
  }

  private static InboundResponse reply(Settlement settlement) {
    if (settlement instanceof Accepted) {
      return InboundResponse.json(200, "{\"status\":\"resumed\"}");
    }
    if (settlement instanceof Repeated) {
      return InboundResponse.json(200, "{\"status\":\"already_resumed\"}");
    }
    if (settlement instanceof Contradicted) {
      return InboundResponse.error(
          409, "already_resumed", "something else was posted here before, and counts");
    }
    return settlement instanceof Expired ? Reply.expired() : Reply.closed();
  }
}
