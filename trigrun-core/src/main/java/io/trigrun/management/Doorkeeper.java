package io.trigrun.management;

import io.trigrun.inbound.ClientNetwork;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.Refusal;
import io.trigrun.throttle.Buckets;
import java.time.Clock;

/**
 * Lets callers in. Failures are counted by network and after the fact, so that nobody who is known
 * is locked out by a neighbour.
 */
final class Doorkeeper {

  private final Authorizer authorizer;
  private final Buckets failures;

  Doorkeeper(Authorizer authorizer, Clock clock) {
    this.authorizer = authorizer;
    this.failures = Buckets.ofFailures(clock);
  }

  /**
   * @throws Refusal 401, or 429 after too many of them
   */
  Caller admit(InboundRequest request) {
    return authorizer.authorize(request).orElseThrow(() -> refusal(request));
  }

  private Refusal refusal(InboundRequest request) {
    return failures
        .take(ClientNetwork.of(request))
        .map(
            wait ->
                Refusal.of(ErrorCode.TOO_MANY_REQUESTS, "expected fewer failures; come again later")
                    .retryAfter(wait))
        .orElseGet(
            () ->
                Refusal.of(
                        ErrorCode.UNAUTHORIZED,
                        "expected Authorization: Bearer and a token that somebody has")
                    .withHeader("WWW-Authenticate", "Bearer"));
  }
}
