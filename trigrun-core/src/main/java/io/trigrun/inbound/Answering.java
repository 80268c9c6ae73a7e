package io.trigrun.inbound;

import io.trigrun.route.ErrorCode;
import io.trigrun.spi.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link InboundRoutes#answer}. */
final class Answering {

  private static final Logger LOG = LoggerFactory.getLogger(InboundRoutes.class);

  private Answering() {}

  static InboundResponse of(InboundRoutes routes, InboundRequest request) {
    try {
      return routes.handle(request).orElseGet(InboundResponse::notFound);
    } catch (StoreException e) {
      LOG.warn("a request was not answered, as the store could not do its part", e);
      return e.isRetryable()
          ? InboundResponse.error(ErrorCode.UNAVAILABLE, "try again soon")
              .withHeader("Retry-After", "5")
          : internalError();
    } catch (RuntimeException e) {
      LOG.error("a request was not answered", e); // its path may hold a token
      return internalError();
    }
  }

  private static InboundResponse internalError() {
    return InboundResponse.error(ErrorCode.INTERNAL_ERROR, "something went wrong here");
  }
}
