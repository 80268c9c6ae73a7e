package io.trigrun.examples.benchmarks.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.JdkInbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server with some threads and one thing to serve. */
final class LoopbackServer implements AutoCloseable {

  private static final byte[] ANSWER = "{\"received\": true}".getBytes(US_ASCII);

  private final HttpServer server;
  private final ExecutorService threads;

  private LoopbackServer(int workers) throws IOException {
    // Else every answer of two writes waits 40 ms for an acknowledgement. Read once by the JDK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    threads = Executors.newFixedThreadPool(workers);
    server.setExecutor(threads);
  }

  static LoopbackServer of(InboundRoutes routes, int workers) throws IOException {
    LoopbackServer started = new LoopbackServer(workers);
    var unused = JdkInbound.mount(started.server, "/v1", routes);
    started.server.start();
    return started;
  }

  /** Reads the body and says what a trigger says, and nothing else. */
  static LoopbackServer bare(int workers) throws IOException {
    LoopbackServer started = new LoopbackServer(workers);
    var unused = started.server.createContext("/v1", LoopbackServer::answer);
    started.server.start();
    return started;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(body.length > 0 ? 200 : 400, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
