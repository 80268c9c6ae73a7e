package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.http.HttpAction;
import io.trigrun.http.ResponseCheck;
import io.trigrun.testing.TrigRunDriver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * S5 to S10: HTTP jobs send what they say, are judged by the answer, retried, recorded, traced and
 * rendered.
 */
@Timeout(60)
public abstract class S05ToS10HttpJobs extends FeatureTest {

  private static final RetryPolicy MINUTES =
      RetryPolicy.attempts(3)
          .withBackoff(new BackoffPolicy(Duration.ofMinutes(1), 2, Duration.ofHours(1), 0));

  private Target target;
  private TrigRun trigrun;
  private TrigRunDriver driver;

  @BeforeEach
  void openTarget() {
    target = closing(new Target());
    trigrun = open(manual());
    driver = driver(trigrun);
  }

  private Execution run(HttpAction action, RetryPolicy retry) {
    Job job = trigrun.jobs().create(JobSpec.named("call").action(action).retry(retry).build());
    Execution run = trigrun.jobs().runNow(job.id());
    assertThat(driver.runDue()).isPositive();
    return get(trigrun, run.id());
  }

  private Execution run(HttpAction.Builder action) {
    return run(action.build(), RetryPolicy.none());
  }

  private List<Attempt> attempts(Execution run) {
    return trigrun.executions().attempts(run.id());
  }

  @Test
  void s5_a_call_is_sent_as_the_job_says() {
    Execution run =
        run(
            HttpAction.put(target.url("/orders?dry=1"))
                .header("X-Kind", "nightly")
                .header("Content-Type", "application/json")
                .body("{\"a\":1}"));

    assertThat(run.state()).isEqualTo(SUCCEEDED);
    Target.Request request = target.requests().get(0);
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path()).isEqualTo("/orders?dry=1");
    assertThat(request.header("X-Kind")).isEqualTo("nightly");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void s5_only_the_success_statuses_of_the_job_are_a_success() {
    target.answers(418, "").answers(200, "");

    Execution teapot = run(HttpAction.get(target.url("/")).successStatuses(418));
    Execution ok = get(trigrun, replayOnce(teapot)); // the same job, now answered with 200

    assertThat(teapot.state()).isEqualTo(SUCCEEDED);
    assertThat(ok.state()).isEqualTo(FAILED);
    assertThat(ok.failure().orElseThrow().errorClass()).isEqualTo("HTTP_2XX");
  }

  private java.util.UUID replayOnce(Execution run) {
    java.util.UUID id = trigrun.executions().replay(run.id()).id();
    assertThat(driver.runDue()).isEqualTo(1);
    return id;
  }

  @Test
  void s5_a_call_without_an_answer_in_time_is_a_timeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Execution run =
          run(
              HttpAction.get("http://127.0.0.1:" + silent.getLocalPort() + "/")
                  .timeout(Duration.ofSeconds(1)));

      assertThat(run.state()).isEqualTo(FAILED);
      assertThat(attempts(run).get(0).status()).isEqualTo(AttemptStatus.TIMEOUT);
    }
  }

  @Test
  void s5_a_target_that_is_not_there_is_a_connection_error() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Execution run = run(HttpAction.get("http://127.0.0.1:" + port + "/"));

    assertThat(attempts(run).get(0).status()).isEqualTo(AttemptStatus.CONNECTION_ERROR);
    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("CONNECTION_ERROR");
  }

  @Test
  void s5_a_missing_secret_fails_the_call_and_nothing_is_sent() {
    Execution run =
        run(HttpAction.get(target.url("/")).header("Authorization", "secret://billing"));

    assertThat(run.state()).isEqualTo(FAILED);
    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("MISSING_SECRET");
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void s6_listed_statuses_are_retried_after_the_backoff_and_the_attempts_say_when() {
    target.answers(503, "").answers(500, "").answers(200, "done");

    Execution first = run(HttpAction.get(target.url("/")).build(), MINUTES);
    assertThat(first.state()).isEqualTo(PENDING);
    assertThat(first.dueAt()).isEqualTo(START.plus(Duration.ofMinutes(1)));
    assertThat(first.failure().orElseThrow().errorClass()).isEqualTo("HTTP_5XX");
    assertThat(driver.advance(Duration.ofMinutes(10))).isEqualTo(2);

    Execution last = get(trigrun, first.id());
    assertThat(last.state()).isEqualTo(SUCCEEDED);
    assertThat(last.failure()).isEmpty();
    assertThat(attempts(last))
        .extracting(Attempt::startedAt)
        .containsExactly(
            START, START.plus(Duration.ofMinutes(1)), START.plus(Duration.ofMinutes(3)));
    assertThat(attempts(last)).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(last.scheduledFor()).as("retries do not move it").isEqualTo(START);
  }

  @Test
  void s6_other_statuses_are_not_retried_and_the_last_attempt_ends_it() {
    target.answers(404, "").answers(500, "").answers(500, "").answers(500, "");

    Execution notFound = run(HttpAction.get(target.url("/")).build(), MINUTES);
    assertThat(notFound.state()).isEqualTo(FAILED);
    assertThat(attempts(notFound)).hasSize(1);

    Execution failing = get(trigrun, replayOnce(notFound));
    assertThat(driver.advance(Duration.ofHours(1))).isEqualTo(2);
    assertThat(stateOf(trigrun, failing.id())).isEqualTo(FAILED);
    assertThat(attempts(failing)).hasSize(3);
    assertThat(target.requests()).hasSize(4);
  }

  @Test
  void s6_retry_after_makes_a_wait_longer_and_never_shorter() {
    target.answers(429, "", "Retry-After", "600").answers(503, "", "Retry-After", "1");

    Execution run = run(HttpAction.get(target.url("/")).build(), MINUTES);
    assertThat(run.dueAt()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    assertThat(driver.advance(Duration.ofMinutes(10))).isEqualTo(1);

    assertThat(get(trigrun, run.id()).dueAt()).isEqualTo(START.plus(Duration.ofMinutes(12)));
    assertThat(driver.advance(Duration.ofMinutes(2))).isEqualTo(1);
    assertThat(stateOf(trigrun, run.id())).isEqualTo(SUCCEEDED);
  }

  @Test
  void s7_an_attempt_keeps_status_preview_headers_latency_and_node() {
    target.answers(500, "x\u00e9".repeat(40_000), "X-Request-Id", "abc", "Set-Cookie", "session=1");

    Attempt attempt = attempts(run(HttpAction.get(target.url("/")))).get(0);

    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.status()).isEqualTo(AttemptStatus.HTTP_ERROR);
    assertThat(attempt.statusCode()).contains(500);
    assertThat(attempt.errorClass()).contains("HTTP_5XX");
    assertThat(attempt.error().orElseThrow()).contains("500");
    String preview = attempt.bodyPreview().orElseThrow();
    assertThat(preview.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .isBetween(64 * 1024 - 3, 64 * 1024);
    assertThat(preview).matches("(x\u00e9)+x?");
    assertThat(attempt.headers()).containsEntry("x-request-id", "abc");
    assertThat(attempt.headers()).doesNotContainKey("set-cookie");
    assertThat(attempt.startedAt()).isEqualTo(START);
    assertThat(attempt.latency()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(attempt.node()).isEqualTo("manual");
  }

  @Test
  void s8_tracing_headers_are_the_same_in_each_retry_but_for_the_attempt() {
    target.answers(503, "").answers(503, "");
    Instant start = clock.instant();

    Execution run = run(HttpAction.get(target.url("/")).build(), MINUTES);
    assertThat(driver.advance(Duration.ofHours(1))).isEqualTo(2);

    assertThat(target.requests())
        .extracting(request -> request.header("X-TrigRun-Attempt"))
        .containsExactly("1", "2", "3");
    assertThat(target.requests())
        .allSatisfy(
            request -> {
              assertThat(request.header("X-TrigRun-Execution-Id")).isEqualTo(run.id().toString());
              assertThat(request.header("X-TrigRun-Job-Id"))
                  .isEqualTo(run.jobId().orElseThrow().toString());
              assertThat(request.header("X-TrigRun-Scheduled-For"))
                  .isEqualTo("2026-03-16T10:00:00.000Z");
              assertThat(Instant.parse(request.header("X-TrigRun-Scheduled-For"))).isEqualTo(start);
            });
  }

  @Test
  void s8_the_prefix_can_be_chosen() {
    TrigRun own = open(manual().node("own").tracingHeaderPrefix("X-Own-"));
    Job job =
        own.jobs()
            .create(JobSpec.named("own").action(HttpAction.get(target.url("/")).build()).build());
    Execution run = own.jobs().runNow(job.id());

    assertThat(driver(own).runDue()).isEqualTo(1);

    assertThat(target.requests().get(0).header("X-Own-Execution-Id"))
        .isEqualTo(run.id().toString());
  }

  @Test
  void s9_placeholders_have_the_same_value_in_each_retry_and_another_in_each_execution() {
    target.answers(503, "").answers(200, "");
    HttpAction action =
        HttpAction.post(target.url("/{{execution_id}}"))
            .header("Idempotency-Key", "{{uuid}}")
            .body("at {{ timestamp }}")
            .build();

    Execution run = run(action, MINUTES);
    assertThat(driver.advance(Duration.ofHours(1))).isEqualTo(1);
    java.util.UUID replay = replayOnce(run);

    List<Target.Request> sent = target.requests();
    assertThat(sent.get(0).path()).isEqualTo("/" + run.id());
    assertThat(sent.get(0).body()).isEqualTo("at 2026-03-16T10:00:00.000Z");
    assertThat(sent.get(1).path()).isEqualTo(sent.get(0).path());
    assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
    assertThat(sent.get(1).header("Idempotency-Key"))
        .isEqualTo(sent.get(0).header("Idempotency-Key"));
    assertThat(sent.get(2).path()).isEqualTo("/" + replay);
    assertThat(sent.get(2).header("Idempotency-Key"))
        .isNotEqualTo(sent.get(0).header("Idempotency-Key"));
  }

  @Test
  void s10_a_check_that_fails_fails_the_attempt_although_the_status_is_a_success() {
    target.answers(200, "{\"status\":\"partial\"}").answers(200, "{\"status\":\"ok\"}");
    HttpAction action =
        HttpAction.get(target.url("/")).expect(ResponseCheck.jsonEquals("$.status", "ok")).build();

    Execution run = run(action, MINUTES);
    assertThat(run.state()).isEqualTo(PENDING);
    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("ASSERTION_FAILED");
    assertThat(run.failure().orElseThrow().message()).contains("ok").contains("partial");

    assertThat(driver.advance(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(stateOf(trigrun, run.id())).isEqualTo(SUCCEEDED);
  }

  @Test
  void s10_parts_of_the_answer_become_the_output() {
    target.answers(201, "{\"order\":{\"id\":7}}", "ETag", "v1");

    Execution run =
        run(
            HttpAction.post(target.url("/"))
                .output("id", "$.order.id")
                .output("etag", "header:ETag")
                .output("none", "$.nothing"));

    assertThat(run.output()).contains("{\"id\":7,\"etag\":\"v1\",\"none\":null}");
  }
}
