package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.BackoffPolicy;
import io.trigrun.Callbacks;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.http.HttpAction;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.signing.Verification;
import io.trigrun.signing.WebhookVerifier;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.validation.ValidationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S14: the results of runs are posted to the URLs of their job. */
@Timeout(120)
public abstract class S14Callbacks extends FeatureTest {

  private final Queue<Outcome> outcomes = new ArrayDeque<>();
  private Target target;
  private TrigRun trigrun;
  private TrigRunDriver driver;

  @BeforeEach
  void build() {
    target = closing(new Target());
    trigrun =
        open(
            manual()
                .secrets(SecretCipher.aesGcm(KeyRing.of("k1", KeyRing.generateKey())))
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, job) ->
                        outcomes.isEmpty()
                            ? Outcome.succeeded("{\"rows\":7.50}")
                            : outcomes.remove()));
    driver = driver(trigrun);
  }

  private Callbacks both() {
    return Callbacks.none()
        .onSuccess(target.url("/good?token=abc123"))
        .onFailure(target.url("/bad"));
  }

  private Job job(String name, Callbacks callbacks) {
    return trigrun
        .jobs()
        .create(
            JobSpec.named(name)
                .handler("work")
                .retry(
                    RetryPolicy.attempts(2).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(1))))
                .callbacks(callbacks)
                .build());
  }

  private Execution run(Job job) {
    Execution run = trigrun.jobs().runNow(job.id());
    driver.advance(Duration.ofSeconds(2));
    return get(trigrun, run.id());
  }

  private List<Execution> callbacks(Execution run) {
    return trigrun
        .executions()
        .list(trigrun.executions().query().parent(run.id()).handler(Callbacks.HANDLER))
        .items();
  }

  private String body(int index) {
    return target.requests().get(index).body();
  }

  @Test
  void success_is_posted_with_the_result() {
    Job job = job("import", both());
    Execution run = run(job);

    assertThat(target.requests()).hasSize(1);
    Target.Request request = target.requests().get(0);
    Execution callback = callbacks(run).get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/good?token=abc123");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("X-TrigRun-Delivery-Id")).isEqualTo(callback.id().toString());
    assertThat(request.header("X-TrigRun-Attempt")).isEqualTo("1");
    assertThat(request.header("X-Webhook-Signature")).isEmpty();
    assertThat(request.body())
        .isEqualTo(
            "{\"event\":\"execution.succeeded\",\"job\":{\"id\":\""
                + job.id()
                + "\",\"name\":\"import\"},\"execution\":{\"id\":\""
                + run.id()
                + "\",\"status\":\"succeeded\",\"status_code\":null,\"body_preview\":null,"
                + "\"error_class\":null,\"error\":null,\"attempts\":1,"
                + "\"triggered_by\":\"run_now\",\"scheduled_for\":\"2026-03-16T10:00:00.000Z\","
                + "\"started_at\":\"2026-03-16T10:00:00.000Z\","
                + "\"finished_at\":\"2026-03-16T10:00:00.000Z\"},\"output\":{\"rows\":7.50},"
                + "\"timestamp\":\"2026-03-16T10:00:00.000Z\",\"triggered_by_job_run\":null}");
    assertThat(callback.state()).isEqualTo(SUCCEEDED);
    assertThat(callback.queue()).isEqualTo("callbacks");
    assertThat(callback.trigger()).isEqualTo(Trigger.FOLLOW_UP);
    assertThat(callback.jobId()).as("it is no run of the job").isEmpty();
  }

  @Test
  void only_the_end_of_the_last_attempt_is_a_failure() {
    Job job = job("import", both());
    outcomes.add(Outcome.failed("HTTP_5XX", "status: expected 200, got 500"));
    assertThat(run(job).state()).isEqualTo(SUCCEEDED);
    assertThat(target.requests()).hasSize(1);
    assertThat(body(0)).contains("\"attempts\":2");

    outcomes.add(Outcome.failed("HTTP_5XX", "status: expected 200, got 500"));
    outcomes.add(Outcome.failed("HTTP_5XX", "status: expected 200, got 500"));
    assertThat(run(job).state()).isEqualTo(FAILED);
    assertThat(target.requests()).hasSize(2);
    assertThat(target.requests().get(1).path()).isEqualTo("/bad");
    assertThat(body(1))
        .contains("\"event\":\"execution.failed\"")
        .contains("\"status\":\"failed\"")
        .contains("\"error_class\":\"HTTP_5XX\"")
        .contains("\"error\":\"status: expected 200, got 500\"")
        .contains("\"output\":null");
  }

  @Test
  void who_wants_to_hear_of_one_thing_only_hears_of_that() {
    Job job = job("import", Callbacks.none().onFailure(target.url("/bad")));
    assertThat(callbacks(run(job))).isEmpty();

    Job other = job("other", both());
    UUID cancelled = trigrun.jobs().runNow(other.id()).id();
    assertThat(trigrun.executions().cancel(cancelled, "not today")).isTrue();
    assertThat(trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT))).isNotNull();
    driver.advance(Duration.ofSeconds(2));

    assertThat(stateOf(trigrun, cancelled)).isEqualTo(CANCELLED);
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void the_result_of_a_call_is_what_was_mapped_out_of_its_answer() {
    target.answers(200, "{\"id\":42,\"more\":true}");
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("call")
                    .action(HttpAction.post(target.url("/call")).output("id", "$.id").build())
                    .callbacks(both())
                    .build());
    run(job);

    assertThat(target.requests()).hasSize(2);
    assertThat(body(1))
        .contains("\"output\":{\"id\":42}")
        .contains("\"status_code\":200")
        .contains("\"body_preview\":\"{\\\"id\\\":42,\\\"more\\\":true}\"");
  }

  @Test
  void the_runs_that_led_to_it_are_told_up_to_the_root() {
    assertThat(job("child", both()).version()).isEqualTo(1);
    Job parent =
        trigrun
            .jobs()
            .create(
                JobSpec.named("parent")
                    .handler("work")
                    .triggers(JobTriggers.none().on(TriggerEvent.ON_SUCCESS, "child"))
                    .build());
    Execution run = run(parent);

    assertThat(body(0))
        .contains("\"triggered_by\":\"follow_up\"")
        .contains(
            "\"triggered_by_job_run\":{\"execution_id\":\""
                + run.id()
                + "\",\"job_id\":\""
                + parent.id()
                + "\",\"name\":\"parent\",\"status\":\"succeeded\",\"event\":\"on_success\","
                + "\"attempt\":1,\"error_class\":null,\"log\":null,"
                + "\"triggered_at\":\"2026-03-16T10:00:00.000Z\","
                + "\"triggered_by\":\"run_now\",\"triggered_by_job_run\":null}}");
  }

  @Test
  void what_does_not_arrive_is_sent_again_the_same_five_times_in_all() {
    for (int i = 0; i < 5; i++) {
      target.answers(500, "oops token=abc123");
    }
    Execution run = run(job("import", both()));
    assertThat(callbacks(run).get(0).state()).isEqualTo(PENDING);
    driver.advance(Duration.ofHours(2));

    Execution callback = callbacks(run).get(0);
    assertThat(callback.state()).isEqualTo(FAILED);
    assertThat(run.state()).as("a callback's failure is not the run's").isEqualTo(SUCCEEDED);
    assertThat(target.requests()).hasSize(5);
    assertThat(target.requests())
        .extracting(Target.Request::body)
        .containsOnly(target.requests().get(0).body());
    assertThat(target.requests())
        .extracting(request -> request.header("X-TrigRun-Delivery-Id"))
        .containsOnly(callback.id().toString());
    assertThat(trigrun.executions().attempts(callback.id()))
        .hasSize(5)
        .allSatisfy(
            attempt ->
                assertThat(attempt.bodyPreview().orElseThrow())
                    .as("the URL's query is not kept")
                    .isEqualTo("oops ***"));
    assertThat(callback.failure().orElseThrow().message())
        .isEqualTo("status: expected 2xx, got 500");
  }

  @Test
  void a_receiver_that_asks_to_wait_is_waited_for_and_one_that_refuses_is_left_alone() {
    target.answers(429, "later", "Retry-After", "600");
    Execution run = run(job("import", both()));
    assertThat(callbacks(run).get(0).attempt()).isZero();
    driver.advance(Duration.ofMinutes(9));
    assertThat(target.requests()).hasSize(1);
    driver.advance(Duration.ofMinutes(2));
    assertThat(callbacks(run).get(0).state()).isEqualTo(SUCCEEDED);

    target.answers(404, "who?");
    Execution other = run(job("other", both()));
    assertThat(callbacks(other).get(0).state()).isEqualTo(FAILED);
    assertThat(callbacks(other).get(0).failure().orElseThrow().errorClass()).isEqualTo("HTTP_4XX");
  }

  @Test
  void a_url_that_was_corrected_counts_for_what_is_still_to_be_sent() {
    target.answers(500, "");
    Job job = job("import", both());
    Execution run = run(job);
    Job fixed =
        trigrun
            .jobs()
            .update(
                job.id(),
                job.spec().toBuilder()
                    .callbacks(Callbacks.none().onSuccess(target.url("/better")))
                    .build());
    driver.advance(Duration.ofHours(1));

    assertThat(fixed.version()).isEqualTo(2);
    assertThat(target.requests())
        .extracting(Target.Request::path)
        .containsExactly("/good?token=abc123", "/better");
    assertThat(callbacks(run).get(0).state()).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_callback_of_a_job_that_was_deleted_is_sent_all_the_same() {
    target.answers(500, "");
    Job job = job("import", both());
    Execution run = run(job);
    trigrun.jobs().delete(job.id());
    driver.advance(Duration.ofHours(1));

    assertThat(target.requests()).hasSize(2);
    assertThat(callbacks(run).get(0).state()).isEqualTo(SUCCEEDED);
  }

  @Test
  void it_is_signed_with_the_secret_that_the_job_names() {
    String secret = "callback-secret-42";
    assertThat(trigrun.secrets().create("hook", secret).name()).isEqualTo("hook");
    Job job = job("import", both().signedWith("secret://hook"));
    Execution run = run(job);

    Target.Request request = target.requests().get(0);
    Map<String, List<String>> headers =
        Map.of("X-Webhook-Signature", List.of(request.header("X-Webhook-Signature")));
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    assertThat(WebhookVerifier.of(secret).verify(body, headers)).isEqualTo(Verification.VALID);
    assertThat(callbacks(run).get(0).payload()).doesNotContain(secret);
    assertThatThrownBy(() -> trigrun.secrets().delete("hook"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("job import");
  }

  @Test
  void a_receiver_that_the_egress_policy_refuses_is_refused_when_the_job_is_saved() {
    assertThatThrownBy(
            () -> job("import", Callbacks.none().onFailure("https://169.254.169.254/latest")))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("on_failure_url: expected");
  }

  @Test
  void without_the_secret_that_it_is_to_be_signed_with_nothing_is_sent() {
    Execution run = run(job("import", both().signedWith("secret://nowhere")));

    Execution callback = callbacks(run).get(0);
    assertThat(callback.state()).isEqualTo(FAILED);
    assertThat(callback.attempt()).isEqualTo(1);
    assertThat(callback.failure().orElseThrow().errorClass()).isEqualTo("MISSING_SECRET");
    assertThat(callback.failure().orElseThrow().message())
        .contains("expected a stored secret named nowhere, got none");
    assertThat(target.requests()).isEmpty();
  }

  @Test
  void a_callback_is_saved_with_its_job_and_shows_no_more_than_the_host() {
    Job job = job("import", both().signedWith("secret://hook"));
    assertThat(trigrun.jobs().find(job.id()).orElseThrow().spec()).isEqualTo(job.spec());
    assertThat(job.spec().toString()).doesNotContain("abc123").doesNotContain("/good");
    assertThat(callbacks(run(job)).get(0).toString()).doesNotContain("abc123");
  }

  @Test
  void what_makes_no_sense_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> Callbacks.none().onSuccess("ftp://example.com/?token=s3cret"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("on_success_url: expected an absolute http or https URL")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> Callbacks.none().onFailure("https://example.com/a b"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("on_failure_url: expected");
    assertThatThrownBy(() -> both().signedWith("whsec_plain"))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("callback_secret: expected secret://name")
        .hasMessageNotContaining("whsec_plain");
    JobSpec.Builder unheard =
        JobSpec.named("j").handler("work").callbacks(Callbacks.none().signedWith("secret://s"));
    assertThatThrownBy(unheard::build)
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith("callback_secret: expected a secret only with");
  }
}
