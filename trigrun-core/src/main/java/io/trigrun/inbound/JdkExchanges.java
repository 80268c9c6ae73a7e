package io.trigrun.inbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * See {@link JdkInbound}.
 *
 * @param prefix what stands before the paths of the routes, without a slash at the end
 */
record JdkExchanges(String prefix, Intake intake) implements HttpHandler {

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Duration patience = intake.limits().patience();
    try (exchange) {
      InboundResponse response = intake.answer(new JdkArrival(prefix, exchange, patience));
      var unused = Patience.of(patience, () -> write(exchange, response));
    }
  }

  private static HttpExchange write(HttpExchange exchange, InboundResponse response)
      throws IOException {
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
      exchange.getResponseBody().flush(); // before what is left of the request is waited for
    }
    exchange.close(); // which reads what is left of the body
    return exchange;
  }

  private record JdkArrival(String prefix, HttpExchange exchange, Duration patience)
      implements Intake.Arrival {

    @Override
    public Optional<String> target() {
      String path = exchange.getRequestURI().getRawPath();
      String query = exchange.getRequestURI().getRawQuery();
      if (path == null || !path.startsWith(prefix + "/")) {
        return Optional.empty();
      }
      return Optional.of(path.substring(prefix.length()) + (query == null ? "" : "?" + query));
    }

    @Override
    public int headers() {
      return exchange.getRequestHeaders().values().stream().mapToInt(List::size).sum();
    }

    @Override
    public long announced() {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      try {
        return length == null ? -1 : Long.parseLong(length.strip());
      } catch (NumberFormatException e) { // then what comes is counted
        return -1;
      }
    }

    @Override
    public byte[] body(BodyReading reading) throws IOException {
      InputStream body = exchange.getRequestBody();
      if (announced() >= 0 && body.available() >= announced()) {
        return reading.read(body); // it is here already, as most are
      }
      // Who still sends is told before that; who does not is cut off.
      return Patience.of(patience.plus(patience.dividedBy(4)), () -> reading.read(body));
    }

    @Override
    public InboundRequest request(String target, byte[] body) {
      InboundRequest request =
          InboundRequest.of(exchange.getRequestMethod(), target)
              .withHeaders(exchange.getRequestHeaders())
              .withBody(body)
              .withRemoteAddress(exchange.getRemoteAddress().getAddress().getHostAddress());
      return exchange.getPrincipal() == null
          ? request
          : request.withPrincipal(exchange.getPrincipal()::getUsername); // its name has the realm
    }

    @Override
    public void closesConnection() {
      exchange.getResponseHeaders().set("Connection", "close");
    }
  }
}
