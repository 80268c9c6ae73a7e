package io.trigrun.examples.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says one thing to the API and hears the answer. Follows no redirect, so the token stays here. */
final class ApiClient {

  private final Settings settings;
  private final Hidden hidden;
  private final HttpClient http;

  ApiClient(Settings settings, Hidden hidden) {
    this.settings = settings;
    this.hidden = hidden;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
  }

  Reply get(ApiPath path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Reply post(ApiPath path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  Reply post(ApiPath path, JsonNode body) {
    return send("POST", path, json(body));
  }

  Reply patch(ApiPath path, JsonNode body) {
    return send("PATCH", path, json(body));
  }

  Reply delete(ApiPath path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  private static BodyPublisher json(JsonNode body) {
    return BodyPublishers.ofString(body.toString());
  }

  private Reply send(String method, ApiPath path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.api() + path.toString()))
            .method(method, body)
            .header("Accept", "application/json")
            .header("User-Agent", "trigrun-cli");
    if (body.contentLength() > 0) {
      request.header("Content-Type", "application/json");
    }
    settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    HttpResponse<String> answer = exchange(request.build());
    Reply reply = new Reply(answer.statusCode(), hidden.inJson(answer.body()));
    if (reply.isDone()) {
      return reply;
    }
    throw Refusals.of(reply, answer.headers(), settings);
  }

  /** The request's own timeout would end with the headers; this one has the body in it, too. */
  private HttpResponse<String> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw timedOut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unreachable("interrupted");
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Failure timedOut() {
    return Failure.unreachable(
        settings.api() + " did not answer within " + Span.words(settings.timeout()));
  }

  private Failure unreachable(@Nullable Throwable cause) {
    if (cause instanceof HttpConnectTimeoutException) {
      return timedOut();
    }
    if (cause instanceof ConnectException) {
      return Failure.unreachable(
          "nobody answers at " + settings.api() + " (TRIGRUN_API_URL says where the server is)");
    }
    if (cause instanceof SSLException) {
      return Failure.unreachable("no TLS with " + settings.api() + ": " + cause.getMessage());
    }
    String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return Failure.unreachable("the connection to " + settings.api() + " broke" + why);
  }
}
