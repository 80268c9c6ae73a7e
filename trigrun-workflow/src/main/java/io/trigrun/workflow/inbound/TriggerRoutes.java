package io.trigrun.workflow.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.PublicRoute;
import io.trigrun.inbound.PublicRoutes;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.workflow.TriggerDesk;
import io.trigrun.workflow.TriggerReceipt;
import io.trigrun.workflow.TriggerReceipt.Challenge;
import io.trigrun.workflow.TriggerReceipt.Refused;
import io.trigrun.workflow.TriggerReceipt.TooBusy;
import io.trigrun.workflow.TriggerReceipt.TooLarge;
import io.trigrun.workflow.TriggerReceipt.Unavailable;
import io.trigrun.workflow.TriggerReceipt.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /triggers/<token>}, to be mounted below {@code /v1} (row W7).
 *
 * <table>
 * <caption>Answers</caption>
 * <tr><th>status</th><th>when</th></tr>
 * <tr><td>200 <code>{"received": true}</code></td><td>a run was started, or had been; the job is
 *     paused; or nobody has the token: byte for byte the same</td></tr>
 * <tr><td>200, text</td><td>Slack's challenge</td></tr>
 * <tr><td>400</td><td>the body does not read as what it says it is</td></tr>
 * <tr><td>401</td><td>the signature does not hold, or the secret is wrong</td></tr>
 * <tr><td>405</td><td>another method: {@code GET} changes nothing</td></tr>
 * <tr><td>413</td><td>the body is too long</td></tr>
 * <tr><td>429</td><td>too many; {@code Retry-After} says when to come again</td></tr>
 * <tr><td>503</td><td>store or secret can't be had now</td></tr>
 * </table>
 */
public final class TriggerRoutes implements InboundRoutes {

  private static final ObjectShape RECEIVED =
      Shape.object("TriggerReceived", "That it was taken, or that nobody has the token")
          .required("received", Shape.flag("true"));
  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Robots-Tag", "noindex, nofollow");

  private final PublicRoutes routes;

  public TriggerRoutes(TriggerDesk desk) {
    this.routes =
        PublicRoutes.of(
            List.of(
                PublicRoute.post("/triggers/{token}", "trigger", "Starts a run of a job")
                    .takes("*/*", Shape.any("whatever the sender sends"))
                    .answers(200, RECEIVED, "{\"received\": true}")
                    .answersWith(200, "text/plain", Shape.text("a sender's challenge, sent back"))
                    .refuses(400, "bad_request", "the body is not as it should be")
                    .refuses(
                        401, "unauthorized", "the signature does not hold, or the secret is wrong")
                    .refuses(413, "body_too_large", "the body is too long")
                    .refuses(
                        429, "too_many_requests", "too many; `Retry-After` says when to come again")
                    .to((request, token) -> answer(desk.receive(token, request)))));
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    return routes.handle(request).map(response -> response.withHeaders(HEADERS));
  }

  @Override
  public List<PublicRoute> described() {
    return routes.described();
  }

  private static InboundResponse answer(TriggerReceipt receipt) {
    if (receipt instanceof Challenge challenge) {
      return InboundResponse.empty(200)
          .withBody("text/plain; charset=utf-8", challenge.answer().getBytes(UTF_8));
    }
    if (receipt instanceof Refused refused && !refused.uniform()) {
      return InboundResponse.error(
          ErrorCode.UNAUTHORIZED, "expected a signature or secret that holds");
    }
    if (receipt instanceof Unreadable unreadable) {
      return InboundResponse.error(400, "bad_request", unreadable.message());
    }
    if (receipt instanceof TooLarge large) {
      return InboundResponse.error(
          ErrorCode.BODY_TOO_LARGE, "expected at most " + large.most() + " bytes");
    }
    if (receipt instanceof TooBusy busy) {
      return InboundResponse.tooManyRequests(busy.retryAfter());
    }
    if (receipt instanceof Unavailable) {
      return InboundResponse.error(ErrorCode.UNAVAILABLE, "try again soon")
          .withHeader("Retry-After", "5");
    }
    return InboundResponse.json(200, "{\"received\": true}");
  }
}
