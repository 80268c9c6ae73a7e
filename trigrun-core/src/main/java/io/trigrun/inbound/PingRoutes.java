package io.trigrun.inbound;

import io.trigrun.TrigRun;
import io.trigrun.monitor.PingSource;
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

  private final TrigRun trigrun;
  private final Buckets failures;

  private PingRoutes(TrigRun trigrun, Clock clock) {
    this.trigrun = trigrun;
    this.failures = Buckets.ofFailures(clock);
  }

  /** For the monitors of a TrigRun. */
  public static PingRoutes of(TrigRun trigrun) {
    return new PingRoutes(trigrun, trigrun.host().clock());
  }

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    List<String> path = request.segments();
    if (path.size() != 2 || !path.get(0).equals("ping")) {
      return Optional.empty();
    }
    boolean isPing = request.isRead() || request.method().equals("POST");
    InboundResponse response =
        isPing
            ? ping(path.get(1), request)
            : InboundResponse.methodNotAllowed("GET", "HEAD", "POST");
    return Optional.of(response.withHeader("Cache-Control", "no-store"));
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
