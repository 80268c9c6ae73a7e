package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.trigrun.ExecutionState;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.http.HttpTransport;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.Workflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpStepsTest {

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer server;
  private Stage stage;
  private String url;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Idempotency-Key")
                  + " "
                  + body);
          byte[] answer =
              ("{\"score\": " + seen.size() + ", \"echo\": \"" + exchange.getRequestURI() + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status.getAndSet(200), answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    stage =
        new Stage(
            new InMemoryJobStore(),
            builder -> builder,
            builder -> builder.egress(EgressPolicy.unrestricted()));
  }

  @AfterEach
  void close() {
    stage.close();
    server.stop(0);
  }

  @Test
  void a_call_is_filled_in_and_its_answer_handed_on() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.http("enrich", StepRequest.get(url + "/c/{{trigger.body.name}}").build())
                    .with(StepOptions.none().extract("score", Extract.of("$.score"))),
                Step.http(
                    "save",
                    StepRequest.post(url + "/save")
                        .jsonBody(
                            "{\"score\": \"{{context.score}}\", \"code\": \"{{steps.enrich.status_code}}\"}")
                        .build())),
            "{\"name\": \"a/b c\"}");

    assertThat(stage.state(run)).as(stage.failure(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(seen)
        .containsExactly(
            "GET /c/a%2Fb%20c " + run + "/enrich ",
            "POST /save " + run + "/save {\"score\":1,\"code\":200}");
    assertThat(stage.view(run).stepExecutions().get(0).statusCode()).contains(200);
  }

  @Test
  void an_answer_that_is_no_success_is_tried_again_with_the_same_key() {
    status.set(503);
    UUID run =
        stage.run(
            Workflow.of(
                Step.http("call", StepRequest.get(url + "/x").build())
                    .with(StepOptions.none().retry(StepRetry.attempts(2)))),
            "{}");
    stage.driver.advance(Duration.ofSeconds(1));

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0)).isEqualTo(seen.get(1));
    assertThat(stage.steps(run)).containsExactly("call:retrying", "call:succeeded");

    status.set(404);
    UUID fails =
        stage.run(Workflow.of(Step.http("call", StepRequest.get(url + "/x").build())), "{}");
    assertThat(stage.failure(fails)).isEqualTo("HTTP_4XX");
  }

  @Test
  void what_a_refusal_said_is_on_record_and_can_be_read() {
    status.set(503);
    UUID run =
        stage.run(
            Workflow.of(
                Step.http("call", StepRequest.get(url + "/x").build())
                    .with(
                        StepOptions.none().retry(StepRetry.attempts(2)).onError(OnError.CONTINUE)),
                Step.http(
                    "report",
                    StepRequest.post(url + "/report")
                        .jsonBody("{\"why\": \"{{steps.call.output.echo}}\"}")
                        .build())),
            "{}");
    status.set(404);
    stage.driver.advance(Duration.ofSeconds(1));

    assertThat(seen.get(2)).endsWith("{\"why\":\"/x\"}");
    assertThat(stage.steps(run))
        .containsExactly("call:retrying", "call:failed", "report:succeeded");
    assertThat(stage.view(run).stepExecutions().subList(0, 2))
        .extracting(step -> step.output().orElseThrow().text())
        .containsExactly("{\"score\":1,\"echo\":\"/x\"}", "{\"score\":2,\"echo\":\"/x\"}");
  }

  @Test
  void branches_call_at_the_same_time() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "both",
                    Branch.of("a", Step.http("one", StepRequest.get(url + "/1").build())),
                    Branch.of("b", Step.http("two", StepRequest.get(url + "/2").build())))),
            "{}");
    assertThat(stage.output(run)).contains("\"a\":{", "\"b\":{");
  }

  @Test
  void an_attempt_may_take_as_long_as_its_step_says_and_no_longer_than_the_run() {
    assertThat(timeout(Duration.ofMinutes(30), Optional.empty(), Optional.empty())).hasSeconds(30);
    assertThat(timeout(Duration.ofMinutes(30), Optional.of(2), Optional.empty())).hasSeconds(2);
    assertThat(timeout(Duration.ofMinutes(30), Optional.of(60), Optional.empty())).hasSeconds(60);
    assertThat(timeout(Duration.ofMinutes(30), Optional.of(60), Optional.of(10))).hasSeconds(10);
    assertThat(timeout(Duration.ofDays(2), Optional.of(86_400), Optional.empty())).hasHours(1);
    assertThat(timeout(Duration.ofSeconds(5), Optional.of(60), Optional.empty())).hasSeconds(5);
  }

  /** What the transport is told. */
  private static Duration timeout(
      Duration ofRun, Optional<Integer> ofStep, Optional<Integer> ofRequest) {
    List<Duration> told = new ArrayList<>();
    HttpTransport transport =
        call -> {
          told.add(call.timeout());
          return CompletableFuture.failedFuture(new IOException("no network"));
        };
    StepRequest.Builder request = StepRequest.get("https://example.com/");
    ofRequest.ifPresent(seconds -> request.timeout(Duration.ofSeconds(seconds)));
    StepOptions options =
        ofStep
            .map(seconds -> StepOptions.none().timeout(Duration.ofSeconds(seconds)))
            .orElse(StepOptions.none());
    try (Stage stage =
        new Stage(new InMemoryJobStore(), builder -> builder, it -> it.httpTransport(transport))) {
      stage.run(
          Workflow.of(Step.http("call", request.build()).with(options)).maxDuration(ofRun), "{}");
    }
    assertThat(told).hasSize(1);
    return told.get(0);
  }
}
