package io.trigrun.examples.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the server calls: a Bot API and a mail API, and one at {@code /gone} that takes nothing. */
final class Elsewhere implements AutoCloseable {

  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean blocked;

  Elsewhere() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on the bot is blocked by its user, or not. */
  void setBlocked(boolean value) {
    blocked = value;
  }

  /** The paths that were called. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] unused = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    calls.add(path);
    int status = path.equals("/gone") ? 404 : path.startsWith("/bot") && blocked ? 403 : 200;
    String body =
        switch (status) {
          case 403 ->
              "{\"ok\":false,\"error_code\":403,"
                  + "\"description\":\"Forbidden: bot was blocked by the user\"}";
          case 404 -> "{}";
          default -> "{\"ok\":true,\"id\":\"49a3999c\",\"result\":{\"message_id\":1}}";
        };
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
