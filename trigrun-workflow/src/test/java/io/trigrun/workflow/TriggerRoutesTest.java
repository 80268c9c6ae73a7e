package io.trigrun.workflow;

import static io.trigrun.workflow.TriggerScenario.SHARED;
import static io.trigrun.workflow.TriggerScenario.json;
import static io.trigrun.workflow.TriggerScenario.proven;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.inbound.JdkInbound;
import io.trigrun.workflow.TriggerReceipt.Challenge;
import io.trigrun.workflow.TriggerReceipt.TooBusy;
import io.trigrun.workflow.TriggerReceipt.TooLarge;
import io.trigrun.workflow.TriggerReceipt.Unavailable;
import io.trigrun.workflow.TriggerReceipt.Unreadable;
import io.trigrun.workflow.inbound.TriggerRoutes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("W7: POST /v1/triggers/<token>")
class TriggerRoutesTest {

  private static final int ROUNDS = 200;
  private static final String NOBODYS = "trg_" + "A".repeat(43);

  /** All of an answer that a caller can see. */
  private record Seen(int status, String headers, String body) {
    static Seen of(InboundResponse response) {
      return new Seen(response.status(), response.headers().toString(), response.bodyText());
    }
  }

  @Test
  void nobody_sees_whether_somebody_has_a_token() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(TriggerSpec.unverified());
      Seen unknown = post(scenario, NOBODYS, json("{}"));
      assertThat(unknown.status()).isEqualTo(200);
      assertThat(unknown.body()).isEqualTo("{\"received\": true}");

      InboundRequest delivery = json("{}").withHeader("Idempotency-Key", "1");
      assertThat(post(scenario, token, delivery)).as("started").isEqualTo(unknown);
      assertThat(post(scenario, token, delivery)).as("repeated").isEqualTo(unknown);
      scenario.trigrun.jobs().pause(scenario.job.id());
      assertThat(post(scenario, token, json("{}"))).as("paused").isEqualTo(unknown);
      assertThat(scenario.runs()).hasSize(1);
      for (String other : new String[] {"", "x", token + "x", token.substring(1), "%00", "é"}) {
        assertThat(post(scenario, other, json("{}"))).as(other).isEqualTo(unknown);
      }
      for (InboundRequest bad :
          new InboundRequest[] {json("{"), json("[".repeat(100)), json(" ".repeat(2 << 20))}) {
        assertThat(post(scenario, token, bad)).isEqualTo(post(scenario, NOBODYS, bad));
      }
    }
  }

  @Test
  void a_wrong_secret_is_401_unless_nothing_is_to_be_told() {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(SHARED);
      assertThat(post(scenario, token, json("{}")).status()).isEqualTo(401);
      assertThat(post(scenario, token, json("{}")).body())
          .startsWith("{\"error\":{\"code\":\"unauthorized\"");
      scenario.triggers.update(scenario.job.id(), SHARED.withUniformResponse());
      for (String body : new String[] {"{}", "{", ""}) {
        assertThat(post(scenario, token, json(body)))
            .isEqualTo(post(scenario, NOBODYS, json(body)));
      }
      assertThat(scenario.runs()).isEmpty();
      assertThat(post(scenario, token, proven("{}")).status()).isEqualTo(200);
      assertThat(scenario.runs()).hasSize(1);
    }
  }

  @Test
  void a_refusal_at_an_uniform_address_takes_about_as_long_as_an_unknown_token() {
    TriggerLimits many =
        TriggerLimits.defaults()
            .withDeliveries(1_000_000, Duration.ofMillis(1))
            .withFailures(1_000_000, Duration.ofMillis(1));
    try (TriggerScenario scenario = new TriggerScenario(many)) {
      String token = scenario.token(SHARED.withUniformResponse());
      InboundRequest request = json("{\"a\":\"" + "x".repeat(2_000) + "\"}");
      double[] refused = new double[ROUNDS];
      double[] unknown = new double[ROUNDS];
      for (int i = -ROUNDS; i < ROUNDS; i++) { // in turn, and the first half only to warm up
        refused[Math.max(0, i)] = nanos(() -> scenario.receive(token, request));
        unknown[Math.max(0, i)] = nanos(() -> scenario.receive(NOBODYS, request));
      }
      assertThat(median(refused) / median(unknown)).isBetween(0.25, 4.0);
    }
  }

  private static double nanos(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  @Test
  void over_http_nothing_but_the_date_differs() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (TriggerScenario scenario = new TriggerScenario()) {
      JdkInbound.mount(server, "/v1", new TriggerRoutes(scenario.desk));
      server.start();
      String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/triggers/";
      String token = scenario.token(SHARED);
      HttpResponse<String> known = send(base + token + "?a=1", TriggerScenario.SECRET);
      HttpResponse<String> unknown = send(base + NOBODYS + "?a=1", TriggerScenario.SECRET);
      assertThat(known.statusCode()).isEqualTo(200);
      assertThat(unknown.statusCode()).isEqualTo(200);
      assertThat(known.body()).isEqualTo("{\"received\": true}").isEqualTo(unknown.body());
      assertThat(headers(known)).isEqualTo(headers(unknown)).containsKey("cache-control");
      assertThat(send(base + token, "wrong").statusCode()).isEqualTo(401);
      assertThat(scenario.runs())
          .singleElement()
          .satisfies(run -> assertThat(run.payload()).contains("\"query\":{\"a\":\"1\"}"));
    } finally {
      server.stop(0);
    }
  }

  private static Map<String, List<String>> headers(HttpResponse<String> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.remove("date");
    return headers;
  }

  private static HttpResponse<String> send(String url, String secret) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("X-Webhook-Secret", secret)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
  void nothing_but_post_does_anything(String method) {
    try (TriggerScenario scenario = new TriggerScenario()) {
      String token = scenario.token(TriggerSpec.unverified());
      InboundResponse response =
          new TriggerRoutes(scenario.desk)
              .handle(InboundRequest.of(method, "/triggers/" + token))
              .orElseThrow();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("Allow")).contains("POST");
      assertThat(scenario.runs()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/triggers", "/triggers/a/b", "/trigger/a", "/resume/a"})
  void other_paths_are_none_of_its_own(String path) {
    TriggerRoutes routes =
        new TriggerRoutes(
            (token, request) -> {
              throw new AssertionError("expected nobody to be asked");
            });
    assertThat(routes.handle(InboundRequest.of("POST", path))).isEmpty();
  }

  @Test
  void each_receipt_has_its_status() {
    assertThat(answer(new TooLarge(10)).status()).isEqualTo(413);
    assertThat(answer(new Unreadable("body: expected JSON")).status()).isEqualTo(400);
    assertThat(answer(new Unavailable(UUID.randomUUID())).status()).isEqualTo(503);
    InboundResponse busy = answer(new TooBusy(Duration.ofMillis(1_500)));
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.header("Retry-After")).contains("2");
    InboundResponse challenge = answer(new Challenge("<b>"));
    assertThat(challenge.status()).isEqualTo(200);
    assertThat(challenge.bodyText()).isEqualTo("<b>");
    assertThat(challenge.header("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(challenge.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(challenge.header("Cache-Control")).contains("no-store");
  }

  private static InboundResponse answer(TriggerReceipt receipt) {
    return new TriggerRoutes((token, request) -> receipt)
        .handle(InboundRequest.of("POST", "/triggers/x"))
        .orElseThrow();
  }

  private static Seen post(TriggerScenario scenario, String token, InboundRequest request) {
    InboundRequest there =
        InboundRequest.of("POST", "/triggers/" + token)
            .withHeaders(request.headers())
            .withBody(request.body());
    return Seen.of(new TriggerRoutes(scenario.desk).handle(there).orElseThrow());
  }
}
