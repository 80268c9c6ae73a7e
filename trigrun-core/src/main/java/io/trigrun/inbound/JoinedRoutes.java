package io.trigrun.inbound;

import java.util.List;
import java.util.Optional;

/** See {@link InboundRoutes#of}. */
record JoinedRoutes(List<InboundRoutes> all) implements InboundRoutes {

  @Override
  public Optional<InboundResponse> handle(InboundRequest request) {
    return all.stream().map(routes -> routes.handle(request)).flatMap(Optional::stream).findFirst();
  }

  @Override
  public List<PublicRoute> described() {
    return all.stream().flatMap(routes -> routes.described().stream()).toList();
  }
}
