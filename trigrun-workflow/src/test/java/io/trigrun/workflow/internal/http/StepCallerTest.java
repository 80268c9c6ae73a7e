package io.trigrun.workflow.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.Failure;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.ResponseCheck;
import io.trigrun.http.RunStamp;
import io.trigrun.http.SecretLookup;
import io.trigrun.http.TracingHeaders;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.expression.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StepCallerTest {

  private static final UUID RUN = UUID.fromString("0190a0b0-0000-7000-8000-000000000001");
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final StepStamp STAMP = new StepStamp(RunStamp.of("job-1", RUN, NOW, 2), "enrich");
  private static final SecretLookup SECRETS =
      name ->
          Map.of("token", "s3cr3t-value").containsKey(name)
              ? Optional.of("s3cr3t-value")
              : Optional.empty();

  private record Received(String line, Map<String, String> headers, String body) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final HttpTransport transport =
      HttpTransport.jdkBuilder().egress(EgressPolicy.unrestricted()).build();
  private final StepCaller caller =
      new StepCaller(transport, TracingHeaders.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC));
  private HttpServer server;
  private String origin = "";
  private int status = 200;
  private String answer = "{}";
  private Map<String, String> answerHeaders = Map.of("Content-Type", "application/json");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(
              new Received(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers, body));
          answerHeaders.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    origin = "http://localhost:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    transport.close();
  }

  @Test
  void sends_what_the_templates_say() throws Exception {
    answer = "{\"score\":0.750,\"id\":\"a\"}";
    StepAnswer got =
        send(
            StepRequest.post(origin + "/orders/{{context.id}}?q={{context.text}}")
                .header("Authorization", "Bearer {{secret.token}}")
                .header("X-Same", "secret://token")
                .header("X-Text", "{{context.text}}")
                .jsonBody("{\"order\":\"{{context.order}}\",\"note\":\"n: {{context.text}}\"}")
                .build());
    Received request = received.take();
    assertThat(request.line()).isEqualTo("POST /orders/a%2Fb?q=x%26y%3D%7B%7Bsecret.token%7D%7D");
    assertThat(request.headers())
        .containsEntry("Authorization", "Bearer s3cr3t-value")
        .containsEntry("X-Same", "s3cr3t-value")
        .containsEntry("X-Text", "x&y={{secret.token}}")
        .containsEntry("Content-Type", "application/json")
        .containsEntry("User-Agent", "TrigRun")
        .containsEntry("Idempotency-Key", RUN + "/enrich")
        .containsEntry("X-TrigRun-Attempt", "2")
        .containsEntry("X-TrigRun-Execution-Id", RUN.toString());
    assertThat(request.body())
        .isEqualTo("{\"order\":{\"n\":1.50},\"note\":\"n: x&y={{secret.token}}\"}");
    assertThat(got.succeeded()).isTrue();
    assertThat(got.status()).hasValue(200);
    assertThat(got.output().map(JsonNode::toString)).contains(answer);
    assertThat(got.truncated()).isFalse();
  }

  @Test
  void the_authors_own_idempotency_key_stays() throws Exception {
    send(
        StepRequest.post(origin + "/")
            .header("idempotency-key", "mine")
            .body("{{context.order}}")
            .build());
    Received request = received.take();
    assertThat(request.headers()).containsEntry("Idempotency-Key", "mine");
    assertThat(request.headers()).containsEntry("Content-Type", "application/json");
    assertThat(request.body()).isEqualTo("{\"n\":1.50}");
  }

  @Test
  void data_that_looks_like_a_secret_stays_data() throws Exception {
    send(
        StepRequest.post(origin + "/")
            .header("X-Data", "{{context.reference}}")
            .header("X-Halves", "{{context.half}}ret://token")
            .body("{{context.reference}} {{context.text}}")
            .build());
    Received request = received.take();
    assertThat(request.headers())
        .containsEntry("X-Data", "secret://token")
        .containsEntry("X-Halves", "secret://token");
    assertThat(request.body()).isEqualTo("secret://token x&y={{secret.token}}");
  }

  @Test
  void an_answer_is_rid_of_the_secrets_that_were_sent() throws Exception {
    answer = "{\"echo\":\"Bearer s3cr3t-value\",\"s3cr3t-value\":[\"a\\u0000b\"]}";
    StepAnswer got = send(StepRequest.get(origin + "/").header("A", "secret://token").build());
    assertThat(got.output().map(JsonNode::toString))
        .contains("{\"echo\":\"Bearer ***\",\"***\":[\"a\uFFFDb\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain text", "", "{\"broken\":", "NaN"})
  void what_is_no_json_is_a_text(String body) throws Exception {
    answer = body;
    StepAnswer got = send(StepRequest.get(origin + "/").build());
    assertThat(got.output().map(JsonNode::stringValue)).contains(body);
    assertThat(got.succeeded()).isTrue();
  }

  @Test
  void json_that_is_nested_too_deeply_is_a_text() throws Exception {
    answer = "[".repeat(400) + "]".repeat(400);
    assertThat(send(StepRequest.get(origin + "/").build()).output().map(JsonNode::isString))
        .contains(true);
  }

  @Test
  void a_long_body_is_cut() throws Exception {
    answer = "\"" + "é".repeat(200_000) + "\"";
    StepAnswer got = send(StepRequest.get(origin + "/").build());
    assertThat(got.truncated()).isTrue();
    String kept = got.output().map(JsonNode::stringValue).orElseThrow();
    assertThat(kept.getBytes(StandardCharsets.UTF_8).length)
        .isBetween(StepAnswer.MAX_BYTES - 4, StepAnswer.MAX_BYTES);
    assertThat(answer).startsWith(kept);
  }

  @Test
  void a_failure_status_says_whether_to_try_again() throws Exception {
    status = 503;
    answer = "busy";
    answerHeaders = Map.of("Retry-After", "7");
    StepAnswer busy = send(StepRequest.get(origin + "/").build());
    assertThat(busy.failure().map(Failure::errorClass)).contains("HTTP_5XX");
    assertThat(busy.retryable()).isTrue();
    assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(busy.output().map(JsonNode::stringValue)).contains("busy");
    status = 404;
    StepAnswer missing = send(StepRequest.get(origin + "/").build());
    assertThat(missing.failure().map(Failure::errorClass)).contains("HTTP_4XX");
    assertThat(missing.retryable()).isFalse();
  }

  @Test
  void a_check_that_does_not_hold_fails_the_step() throws Exception {
    StepAnswer got =
        send(StepRequest.get(origin + "/").expect(ResponseCheck.bodyContains("yes")).build());
    assertThat(got.failure().map(Failure::errorClass)).contains("ASSERTION_FAILED");
  }

  @Test
  void what_can_not_be_rendered_is_not_sent() throws Exception {
    assertFails(
        StepRequest.get(origin + "/{{context.none}}").build(),
        "UNRESOLVED_REFERENCE",
        "/steps/0/request/url");
    assertFails(
        StepRequest.get(origin + "/").header("X", "{{secret.unknown}}").build(),
        "MISSING_SECRET",
        "/steps/0/request/headers/X");
    assertFails(
        StepRequest.get(origin + "/").header("X", "{{context.lines}}").build(),
        "INVALID_REQUEST",
        "/steps/0/request/headers/X");
    assertFails(
        StepRequest.delete(origin + "/orders/{{context.dots}}").build(),
        "INVALID_REQUEST",
        "/steps/0/request/url");
    assertThat(received).isEmpty();
  }

  private void assertFails(StepRequest request, String errorClass, String pointer)
      throws InterruptedException {
    StepAnswer got = send(request);
    assertThat(got.failure().map(Failure::errorClass)).contains(errorClass);
    assertThat(got.failure().map(Failure::message).orElse("")).contains(pointer + ":");
    assertThat(got.failure().map(Failure::message).orElse("")).doesNotContain("evil", "s3cr3t");
    assertThat(got.retryable()).isFalse();
    assertThat(got.output()).isEmpty();
  }

  @Test
  void cancelling_ends_the_exchange() throws Exception {
    CompletableFuture<io.trigrun.http.HttpReply> exchange = new CompletableFuture<>();
    StepCaller waiting =
        new StepCaller(call -> exchange, TracingHeaders.DEFAULT, Clock.fixed(NOW, ZoneOffset.UTC));
    CompletableFuture<StepAnswer> future =
        waiting.send(
            StepCall.of("/steps/0/request", StepRequest.get(origin + "/").build()),
            scope(),
            SECRETS,
            STAMP,
            Duration.ofSeconds(30),
            false);
    assertThat(future.cancel(true)).isTrue();
    assertThat(exchange).isCancelled();
    assertThat(future).isCancelled();
  }

  private StepAnswer send(StepRequest request) throws InterruptedException {
    return caller
        .send(
            StepCall.of("/steps/0/request", request),
            scope(),
            SECRETS,
            STAMP,
            Duration.ofSeconds(10),
            true)
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static Scope scope() {
    return Scope.of(
        Map.of(
            "context",
            JsonText.read(
                """
                {"id":"a/b","text":"x&y={{secret.token}}","order":{"n":1.50},"dots":"evil/..",
                 "reference":"secret://token","half":"sec","lines":"evil\\r\\nX-Evil: 1"}
                """)));
  }
}
