package io.trigrun.contract.http;

import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.PublicRoute;
import io.trigrun.management.Management;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Public routes, each answer of which is compared with the OpenAPI document of them: one that is
 * not as documented fails the test.
 */
public record CheckedRoutes(InboundRoutes routes) implements InboundRoutes {

  private static final Map<Set<String>, Documented> DOCUMENTS = new ConcurrentHashMap<>();

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    Optional<InboundResponse> response = routes.handle(request);
    response.ifPresent(
        found ->
            documented()
                .check(
                    request.method(),
                    request.path(),
                    found.status(),
                    found.header("Content-Type"),
                    found.bodyText()));
    return response;
  }

  private Documented documented() {
    Set<String> names =
        routes.described().stream().map(PublicRoute::name).collect(Collectors.toSet());
    return DOCUMENTS.computeIfAbsent(
        names, key -> new Documented(Management.openApi("https://jobs.example.com", routes)));
  }

  @Override
  public List<PublicRoute> described() {
    return routes.described();
  }
}
