package io.trigrun.inbound;

import io.trigrun.TrigRun;
import io.trigrun.monitor.PingSource;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.throttle.Buckets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET} and {@code POST /ping/<token>}, to be mounted below {@code /v1} (row S12): a sign of
 * life of whatever monitor has the token. {@code HEAD} is one, too. Who asks for tokens that nobody
 * has is told 429 after a while, by network; a token that somebody has always works.
 */
public final class PingRoutes implements InboundRoutes {

  private static final String PATH = "/ping/{token}";
  private static final ObjectShape HEARD =
      Shape.object("PingHeard", "That a ping was heard")
          .required("ok", Shape.flag("true"))
          .required("state", Shape.words("of the monitor", "up", "paused"))
          .optional("message", Shape.text("for people"));

  private final TrigRun trigrun;
  private final Buckets failures;
  private final PublicRoutes routes;

  private PingRoutes(TrigRun trigrun, Clock clock) {
    this.trigrun = trigrun;
    this.failures = Buckets.ofFailures(clock);
    this.routes =
        PublicRoutes.of(
            List.of(
                route(PublicRoute.get(PATH, "ping_by_get", "A sign of life, by GET or HEAD")),
                route(PublicRoute.post(PATH, "ping", "A sign of life"))));
  }

  /** For the monitors of a TrigRun. */
  public static PingRoutes of(TrigRun trigrun) {
    return new PingRoutes(trigrun, trigrun.host().clock());
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    return routes.handle(request).map(response -> response.withHeader("Cache-Control", "no-store"));
  }

  @Override
  public List<PublicRoute> described() {
    return routes.described();
  }

  private PublicRoute route(PublicRoute.Builder route) {
    return route
        .answers(200, HEARD, "{\"ok\": true, \"state\": \"up\"}")
        .refuses(404, "not_found", "nobody has the token")
        .refuses(429, "too_many_requests", "too many unknown tokens")
        .to((request, token) -> ping(token, request));
  }

  private InboundResponse ping(String token, InboundRequest request) {
    PingSource source = new PingSource(request.remoteAddress(), request.header("User-Agent"));
    return switch (trigrun.ping(token, source)) {
      case UP -> InboundResponse.json(200, "{\"ok\": true, \"state\": \"up\"}");
      case PAUSED ->
          InboundResponse.json(
              200,
              "{\"ok\": true, \"state\": \"paused\", \"message\": \"nobody waits for pings now\"}");
      case UNKNOWN ->
          failures
              .take(ClientNetwork.of(request))
              .map(InboundResponse::tooManyRequests)
              .orElseGet(InboundResponse::notFound);
    };
  }
}
