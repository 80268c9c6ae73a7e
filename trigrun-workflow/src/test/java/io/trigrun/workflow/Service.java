package io.trigrun.workflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Somebody else's service, which steps call: it keeps what it is sent and answers as it is told.
 */
final class Service implements AutoCloseable {

  /**
   * A request.
   *
   * @param line method and target, as they came
   */
  record Call(String line, Map<String, List<String>> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name, List.of()).get(0);
    }
  }

  private record Answer(int status, String json) {}

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Call, Answer>> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  Service() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How it answers from now on; {@code 200} and {@code {}} unless told. */
  void answers(String path, int status, String json) {
    answers.put(path, call -> new Answer(status, json));
  }

  /** The same, by what it is asked. */
  void answers(String path, Function<Call, String> json) {
    answers.put(path, call -> new Answer(200, json.apply(call)));
  }

  /** Method and target of each call, in order. */
  List<String> lines() {
    return calls.stream().map(Call::line).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Call call =
          new Call(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body);
      calls.add(call);
      Answer answer =
          answers
              .getOrDefault(exchange.getRequestURI().getPath(), asked -> new Answer(200, "{}"))
              .apply(call);
      byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
