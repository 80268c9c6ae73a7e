package io.trigrun.management;

import io.trigrun.inbound.InboundRequest;
import java.util.Optional;

/**
 * Knows callers. Called once for each request, by the threads of the server, many at once. {@link
 * BearerTokens} is one; a host with a login of its own writes one of a few lines:
 *
 * <pre>{@code
 * Authorizer login =
 *     request -> request.principal().map(user -> new Caller(user.getName(), "default", Role.WRITE));
 * }</pre>
 *
 * <p>A host whose pages use cookies has to see to it by itself that no other site can send requests
 * (CSRF): a header that only its own pages set, for example.
 */
@FunctionalInterface
public interface Authorizer {

  /** Who it is; empty for one who may do nothing, which is answered with 401. */
  Optional<Caller> authorize(InboundRequest request);
}
