package io.trigrun.examples.server;

import io.trigrun.Health;
import io.trigrun.TrigRun;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.management.Management;
import java.util.Optional;

/**
 * What lies beside {@code /v1}: the OpenAPI document, and {@code /health} for whoever watches the
 * process, 503 while it is of no use.
 */
record Beside(TrigRun trigrun, Management management) implements InboundRoutes {

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    return switch (request.path()) {
      case "/openapi.json" -> management.handle(request);
      case "/health" -> Optional.of(health(request));
      default -> Optional.empty();
    };
  }

  private InboundResponse health(InboundRequest request) {
    if (!request.isRead()) {
      return InboundResponse.methodNotAllowed("GET", "HEAD");
    }
    Health health = trigrun.health();
    return InboundResponse.json(health.isReady() ? 200 : 503, health.toJson())
        .withHeader("Cache-Control", "no-store");
  }
}
