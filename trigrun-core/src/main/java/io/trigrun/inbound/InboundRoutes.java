package io.trigrun.inbound;

import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests. Called by the threads of the server, many at once; whatever it throws becomes a
 * 500 that says nothing, or a 503 if it is a {@link io.trigrun.spi.StoreException} that may pass.
 */
@FunctionalInterface
public interface InboundRoutes {

  /**
   * Answers a request. A path of its own that is called by a wrong method is answered with {@link
   * InboundResponse#methodNotAllowed}. {@code HEAD} is answered as {@code GET} is: adapters leave
   * the body out.
   *
   * @return empty if the path is none of its own
   */
  Optional<InboundResponse> handle(InboundRequest request);

  /**
   * What {@link #handle} answers, or else a 404; what it throws becomes an answer as told above and
   * goes to the log. For adapters of the host's own: all that is left to them is to read a request,
   * with limits, and to write the answer.
   */
  default InboundResponse answer(InboundRequest request) {
    return Answering.of(this, request);
  }

  /**
   * What is said of them in the OpenAPI document; nothing unless it is said, as by routes of the
   * host's own.
   */
  default List<PublicRoute> described() {
    return List.of();
  }

  /** Asks one after the other; the first that answers has answered. */
  static InboundRoutes of(InboundRoutes... many) {
    return new JoinedRoutes(List.of(many));
  }

  /**
   * The same behind reverse proxies of the host's own, each of which appends the address of its
   * peer to {@code X-Forwarded-For}: the client's is the one that the outermost of them has
   * written, and what the client itself claims before that counts for nothing. A header that is too
   * short means a request that has gone around them; its own address stands.
   *
   * @param proxies how many of them a request passes, 1 to 10
   * @throws io.trigrun.validation.ValidationException for another number
   */
  static InboundRoutes behindProxies(int proxies, InboundRoutes routes) {
    Problems.require(proxies >= 1 && proxies <= 10, "proxies", "1 to 10", proxies);
    return new RoutesBehindProxies(proxies, routes);
  }
}
