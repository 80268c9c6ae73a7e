package io.trigrun.examples.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.signing.Verification;
import io.trigrun.signing.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The other side, on a free port of this machine: what jobs call, and who receives webhooks. */
final class Target implements AutoCloseable {

  private final HttpServer server;
  private final WebhookVerifier verifier;
  private final Console console;
  private final Expectations expectations;
  private final AtomicInteger healthChecks = new AtomicInteger();
  private final List<String> verifiedWebhooks = new CopyOnWriteArrayList<>();

  private Target(HttpServer server, String secret, Console console, Expectations expectations) {
    this.server = server;
    this.verifier = WebhookVerifier.of(secret);
    this.console = console;
    this.expectations = expectations;
  }

  static Target start(String secret, Console console, Expectations expectations)
      throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    Target target = new Target(server, secret, console, expectations);
    server.createContext("/health", target::health);
    server.createContext("/export", exchange -> target.answer(exchange, 500));
    server.createContext("/hook", target::hook);
    server.start();
    return target;
  }

  String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** The bodies that came with a valid signature. */
  List<String> verifiedWebhooks() {
    return List.copyOf(verifiedWebhooks);
  }

  /** Down the first time, up from then on. */
  private void health(HttpExchange exchange) throws IOException {
    answer(exchange, healthChecks.incrementAndGet() == 1 ? 503 : 200);
  }

  private void hook(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Verification verification = verifier.verify(body, exchange.getRequestHeaders());
    console.say("target", "webhook, signature " + verification);
    if (verification.isValid()) {
      verifiedWebhooks.add(new String(body, StandardCharsets.UTF_8));
    }
    answer(exchange, verification.isValid() ? 204 : 401);
    expectations.look();
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    console.say(
        "target", exchange.getRequestMethod() + " " + exchange.getRequestURI() + " -> " + status);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
