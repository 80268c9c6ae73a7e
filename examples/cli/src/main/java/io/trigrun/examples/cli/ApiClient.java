package io.trigrun.examples.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import tools.jackson.databind.JsonNode;

/** Says one thing to the API and hears the answer. Follows no redirect, so the token stays here. */
final class ApiClient {

  private static final String KEY = "Idempotency-Key";

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
    return send(request("GET", path, BodyPublishers.noBody()));
  }

  /** What may be said twice, or must not be repeated. */
  Reply post(ApiPath path) {
    return send(request("POST", path, BodyPublishers.noBody()));
  }

  /** What makes something, if only a token or a run. */
  Reply create(ApiPath path) {
    return send(once(request("POST", path, BodyPublishers.noBody())));
  }

  Reply create(ApiPath path, JsonNode body) {
    return send(once(request("POST", path, json(body))));
  }

  Reply patch(ApiPath path, JsonNode body) {
    return send(request("PATCH", path, json(body)));
  }

  Reply delete(ApiPath path) {
    return send(request("DELETE", path, BodyPublishers.noBody()));
  }

  /** With a key that the server knows it by, if it comes a second time. */
  private static HttpRequest.Builder once(HttpRequest.Builder request) {
    return request.header(KEY, UUID.randomUUID().toString());
  }

  private static BodyPublisher json(JsonNode body) {
    return BodyPublishers.ofString(body.toString());
  }

  private HttpRequest.Builder request(String method, ApiPath path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.api() + path.toString()))
            .method(method, body)
            .header("Accept", "application/json")
            .header("User-Agent", "trigrun-cli");
    if (body.contentLength() > 0) {
      request.header("Content-Type", "application/json");
    }
    settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private Reply send(HttpRequest.Builder request) {
    HttpResponse<String> answer = exchange(request.build());
    Reply reply = new Reply(answer.statusCode(), hidden.inJson(answer.body()));
    if (reply.isDone()) {
      return reply;
    }
    throw Refusals.of(reply, answer.headers(), settings);
  }

  /** Once more if the connection breaks, where the server takes care that it is done once. */
  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      try {
        return answer(request);
      } catch (ConnectException | HttpTimeoutException | SSLException e) { // not even begun
        throw unreachable(e, request);
      } catch (IOException e) {
        if (request.headers().firstValue(KEY).isEmpty()) {
          throw unreachable(e, request);
        }
        return answer(request);
      }
    } catch (IOException e) {
      throw unreachable(e, request);
    }
  }

  /** The request's own timeout would end with the headers; this one has the body in it, too. */
  private HttpResponse<String> answer(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Failure.unreachable(timedOut() + maybeDone(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unreachable("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private String timedOut() {
    return settings.api() + " did not answer within " + Span.words(settings.timeout());
  }

  private static String maybeDone(HttpRequest request) {
    return request.method().equals("GET") ? "" : "; it may have been done all the same";
  }

  private Failure unreachable(IOException cause, HttpRequest request) {
    if (cause instanceof HttpConnectTimeoutException) {
      return Failure.unreachable(timedOut());
    }
    if (cause instanceof ConnectException) {
      return Failure.unreachable(
          "nobody answers at " + settings.api() + " (TRIGRUN_API_URL says where the server is)");
    }
    if (cause instanceof SSLException) {
      return Failure.unreachable("no TLS with " + settings.api() + ": " + cause.getMessage());
    }
    String why = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return Failure.unreachable(
        "the connection to " + settings.api() + " broke" + why + maybeDone(request));
  }
}
