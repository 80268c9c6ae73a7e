package io.trigrun.examples.server;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.inbound.InboundLimits;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.inbound.JdkInbound;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A port with routes below {@code /v1}, and some of the server's own beside that. */
final class Port implements AutoCloseable {

  private static final int BACKLOG = 512;
  private static final int MOST_AT_ONCE = 10_000;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  private final HttpServer server;
  private final ExecutorService threads;
  private final int requests;
  private Optional<Gate> gate = Optional.empty();

  private Port(HttpServer server, ExecutorService threads, int requests) {
    this.server = server;
    this.threads = threads;
    this.requests = requests;
  }

  /** Takes the port. Nobody is answered yet. */
  static Port take(String host, int port, int requests) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      return new Port(server, RequestThreads.open(requests), requests);
    } catch (BindException e) {
      throw new IllegalStateException(
          "expected a port and an address that are free here (--port, --host), got %s:%d: %s"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  /** As this machine reaches it. */
  String url() {
    InetSocketAddress at = server.getAddress();
    String host =
        at.getAddress().isAnyLocalAddress() ? "127.0.0.1" : at.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at.getPort();
  }

  void start(InboundRoutes v1, InboundRoutes beside) {
    Gate counted = new Gate(v1, requests);
    gate = Optional.of(counted);
    server.setExecutor(threads);
    JdkInbound.mount(server, "/v1", counted, InboundLimits.defaults().withRequests(atOnce()));
    JdkInbound.mount(server, "/", beside);
    server.start();
  }

  /** More than the gate lets in: there a request waits a little, here it does not. */
  private int atOnce() {
    return Math.min(MOST_AT_ONCE, Math.max(1_024, 8 * requests));
  }

  @Override
  public void close() {
    gate.ifPresent(it -> it.close(LAST_ANSWERS));
    server.stop(0);
    threads.shutdownNow();
  }
}
