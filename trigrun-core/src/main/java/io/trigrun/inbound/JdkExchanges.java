package io.trigrun.inbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.trigrun.spi.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * See {@link JdkInbound}.
 *
 * @param prefix what stands before the paths of the routes, without a slash at the end
 */
record JdkExchanges(String prefix, InboundRoutes routes, InboundLimits limits)
    implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(JdkInbound.class);

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      write(exchange, answer(exchange));
    }
  }

  private InboundResponse answer(HttpExchange exchange) throws IOException {
    Optional<String> target = target(exchange);
    if (target.isEmpty()) {
      return InboundResponse.notFound();
    }
    Optional<InboundResponse> refusal = refusal(exchange, target.get());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    byte[] body = exchange.getRequestBody().readNBytes(limits.bodyBytes() + 1);
    if (body.length > limits.bodyBytes()) {
      return tooLarge(exchange);
    }
    InboundRequest request =
        InboundRequest.of(exchange.getRequestMethod(), target.get())
            .withHeaders(exchange.getRequestHeaders())
            .withBody(body);
    InetAddress peer = exchange.getRemoteAddress().getAddress();
    request = request.withRemoteAddress(peer.getHostAddress());
    if (exchange.getPrincipal() != null) {
      request =
          request.withPrincipal(exchange.getPrincipal()::getUsername); // its name has the realm
    }
    return answer(request);
  }

  private InboundResponse answer(InboundRequest request) {
    try {
      return routes.handle(request).orElseGet(InboundResponse::notFound);
    } catch (StoreException e) {
      LOG.warn("a request was not answered, as the store could not do its part", e);
      return e.isRetryable()
          ? InboundResponse.error(503, "unavailable", "try again soon")
              .withHeader("Retry-After", "5")
          : internalError();
    } catch (RuntimeException e) {
      LOG.error("a request was not answered", e); // its path may hold a token
      return internalError();
    }
  }

  private static InboundResponse internalError() {
    return InboundResponse.error(500, "internal_error", "something went wrong here");
  }

  /** Path below the mount point, and query; empty if the path lies elsewhere. */
  private Optional<String> target(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    if (path == null || !path.startsWith(prefix + "/")) {
      return Optional.empty();
    }
    return Optional.of(path.substring(prefix.length()) + (query == null ? "" : "?" + query));
  }

  private Optional<InboundResponse> refusal(HttpExchange exchange, String target)
      throws IOException {
    if (target.length() > limits.targetLength()) {
      return Optional.of(
          InboundResponse.error(
              414, "uri_too_long", "expected at most " + limits.targetLength() + " characters"));
    }
    int headers = exchange.getRequestHeaders().values().stream().mapToInt(List::size).sum();
    if (headers > limits.headers()) {
      return Optional.of(
          InboundResponse.error(
              431, "too_many_headers", "expected at most " + limits.headers() + " headers"));
    }
    return isAnnouncedTooLarge(exchange) ? Optional.of(tooLarge(exchange)) : Optional.empty();
  }

  private boolean isAnnouncedTooLarge(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    try {
      return length != null && Long.parseLong(length.strip()) > limits.bodyBytes();
    } catch (NumberFormatException e) { // then what comes is counted
      return false;
    }
  }

  /**
   * Reads a little more first: who is still sending would see a broken connection, no answer. (By
   * reading, as this stream does not notice what is skipped and waits for it again.)
   */
  private InboundResponse tooLarge(HttpExchange exchange) throws IOException {
    byte[] unused = exchange.getRequestBody().readNBytes(limits.bodyBytes());
    exchange.getResponseHeaders().set("Connection", "close");
    return InboundResponse.error(
        413, "body_too_large", "expected at most " + limits.bodyBytes() + " bytes");
  }

  private static void write(HttpExchange exchange, InboundResponse response) throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = response.body();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(response.status(), -1);
    } else if (body.length == 0) {
      exchange.sendResponseHeaders(response.status(), -1);
    } else {
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
