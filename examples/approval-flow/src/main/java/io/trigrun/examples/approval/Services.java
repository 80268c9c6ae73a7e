package io.trigrun.examples.approval;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** The services that the pipelines call; elsewhere in earnest, here in the same process. */
final class Services {

  static final String PATH = "/services";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> writes = new CopyOnWriteArrayList<>();

  /** What was written, a line each: method, path, body. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PATH.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!exchange.getRequestMethod().equals("GET")) {
      writes.add(exchange.getRequestMethod() + " " + path + " " + body);
    }
    byte[] reply = reply(path, body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, reply.length);
    exchange.getResponseBody().write(reply);
    exchange.close();
  }

  private String reply(String path, String body) {
    if (path.equals("/applications")) {
      return """
          {"application":
            {"id": 7, "customer": "ACME Ltd", "current": 5000, "limit": 12000, "late": 1}}""";
    }
    if (path.equals("/payments")) {
      callBack(JsonMapper.shared().readTree(body).path("call_back").stringValue());
    }
    return path.startsWith("/stock/") ? "\"shelf " + path.length() + "\"" : "{}";
  }

  /** May well come before the run has begun to wait: it is kept. */
  private void callBack(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"receipt\": \"R-2026-0815\"}"))
            .build();
    var unused = client.sendAsync(request, BodyHandlers.discarding());
  }
}
