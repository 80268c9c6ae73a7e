package io.trigrun.inbound;

import java.util.List;
import java.util.Optional;

/** See {@link InboundRoutes#behindProxies}. */
record RoutesBehindProxies(int proxies, InboundRoutes routes) implements InboundRoutes {

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    return routes.handle(
        ForwardedAddress.of(request, proxies).map(request::withRemoteAddress).orElse(request));
  }

  @Override
  public List<PublicRoute> described() {
    return routes.described();
  }
}
