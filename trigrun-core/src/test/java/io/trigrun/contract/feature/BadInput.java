package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.trigrun.BackoffPolicy;
import io.trigrun.Callbacks;
import io.trigrun.ConflictException;
import io.trigrun.ExecutionRequest;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TriggerEvent;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpActionJson;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong is refused when it is saved, with a message that names the field, what was expected
 * and what came; and nothing is stored.
 */
public abstract class BadInput extends FeatureTest {

  private static final String URL = "http://127.0.0.1/";

  private static JobSpec.Builder job() {
    return JobSpec.named("job").handler("work");
  }

  private static Arguments bad(String what, String field, String got, Consumer<TrigRun> attempt) {
    return arguments(named(what, attempt), field, got);
  }

  private static Consumer<TrigRun> create(java.util.function.Supplier<JobSpec.Builder> spec) {
    return trigrun -> assertThat(trigrun.jobs().create(spec.get().build())).isNull();
  }

  private static Consumer<TrigRun> http(String request) {
    return create(() -> job().action(HttpActionJson.fromJson(request)));
  }

  private static Consumer<TrigRun> enqueue(java.util.function.Supplier<ExecutionRequest> request) {
    return trigrun -> assertThat(trigrun.enqueue(request.get())).isNull();
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        bad(
            "cron",
            "schedule.cron",
            "61",
            create(() -> job().schedule(Schedule.cron("61 * * * *")))),
        bad(
            "impossible cron",
            "schedule.cron",
            "0 0 30 2 *",
            create(() -> job().schedule(Schedule.cron("0 0 30 2 *")))),
        bad(
            "zone",
            "schedule.timezone",
            "Mars/Base",
            create(() -> job().schedule(Schedule.cron("0 0 * * *", "Mars/Base")))),
        bad(
            "interval",
            "schedule.interval",
            "PT0S",
            create(() -> job().schedule(Schedule.every(Duration.ZERO)))),
        bad(
            "minutes",
            "schedule.every_n_minutes",
            "1441",
            create(() -> job().schedule(Schedule.everyMinutes(1_441)))),
        bad(
            "past instant",
            "schedule.run_at",
            "2026-03-16T09:59:59Z",
            create(() -> job().schedule(Schedule.at(START.minusSeconds(1))))),
        bad("URL", "request.url", "ftp", http("{\"url\":\"ftp://example.com/\"}")),
        bad(
            "method",
            "request.method",
            "FETCH",
            http("{\"url\":\"" + URL + "\",\"method\":\"FETCH\"}")),
        bad(
            "success status",
            "request.success_statuses",
            "99",
            http("{\"url\":\"" + URL + "\",\"success_statuses\":[99]}")),
        bad(
            "timeout",
            "request.timeout_seconds",
            "0",
            http("{\"url\":\"" + URL + "\",\"timeout_seconds\":0}")),
        bad(
            "template variable",
            "request.body",
            "user",
            create(() -> job().action(HttpAction.post(URL).body("{{user}}").build()))),
        bad(
            "retry count",
            "retry_policy.max_attempts",
            "0",
            create(() -> job().retry(RetryPolicy.attempts(0)))),
        bad(
            "retry status",
            "retry_policy.retry_on_statuses",
            "600",
            create(() -> job().retry(RetryPolicy.none().withRetryOnStatuses(600)))),
        bad(
            "backoff",
            "retry_policy.backoff.initial",
            "PT-1S",
            create(
                () ->
                    job()
                        .retry(
                            RetryPolicy.none()
                                .withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(-1)))))),
        bad(
            "concurrency",
            "max_concurrent_executions",
            "-1",
            create(() -> job().maxConcurrentExecutions(-1))),
        bad(
            "unknown job to start",
            "on_success.trigger_job",
            "nobody",
            create(() -> job().triggers(JobTriggers.none().on(TriggerEvent.ON_SUCCESS, "nobody")))),
        bad(
            "job that starts itself",
            "on_error.trigger_job",
            "job -> job",
            create(() -> job().triggers(JobTriggers.none().on(TriggerEvent.ON_ERROR, "job")))),
        bad(
            "blank job to start",
            "on_retries_exhausted.trigger_job",
            " ",
            create(
                () ->
                    job().triggers(JobTriggers.none().on(TriggerEvent.ON_RETRIES_EXHAUSTED, " ")))),
        bad(
            "too many jobs to start",
            "on_success.trigger_job",
            "101",
            create(
                () ->
                    job()
                        .triggers(
                            JobTriggers.none()
                                .on(
                                    TriggerEvent.ON_SUCCESS,
                                    IntStream.range(0, 101)
                                        .mapToObj(i -> "j" + i)
                                        .toArray(String[]::new))))),
        bad(
            "callback URL",
            "on_success_url",
            "ftp",
            create(() -> job().callbacks(Callbacks.none().onSuccess("ftp://example.com/")))),
        bad(
            "callback URL of failures",
            "on_failure_url",
            "none",
            create(() -> job().callbacks(Callbacks.none().onFailure("not a url")))),
        bad(
            "callback secret",
            "callback_secret",
            "5 characters",
            create(() -> job().callbacks(Callbacks.none().onSuccess(URL).signedWith("plain")))),
        bad("blank name", "name", "", create(() -> job().name(" "))),
        bad("long name", "name", "xxx", create(() -> job().name("x".repeat(201)))),
        bad("no action", "action", "none", create(() -> JobSpec.named("job"))),
        bad("blank handler", "handler", "", create(() -> job().handler(""))),
        bad("unknown queue", "queue", "nowhere", create(() -> job().queue("nowhere"))),
        bad(
            "oversized payload",
            "payload",
            "1002 characters",
            create(() -> job().handler("work", "x".repeat(1_000)))),
        bad(
            "payload that is no JSON",
            "payload",
            "",
            create(() -> job().handler("work", new Json("{")))),
        bad(
            "negative delay",
            "delay",
            "PT-1S",
            enqueue(
                () ->
                    ExecutionRequest.of("work", Json.EMPTY_OBJECT).delay(Duration.ofSeconds(-1)))),
        bad(
            "blank handler to enqueue",
            "handler",
            "",
            enqueue(() -> ExecutionRequest.of(" ", Json.EMPTY_OBJECT))),
        bad(
            "handler name that no node can have",
            "handler",
            "no such/name",
            enqueue(() -> ExecutionRequest.of("no such/name", Json.EMPTY_OBJECT))),
        bad(
            "unique key",
            "unique_key",
            "",
            enqueue(() -> ExecutionRequest.of("work", Json.EMPTY_OBJECT).uniqueKey(""))),
        bad(
            "unique key with a NUL",
            "unique_key",
            "U+0000 at index 1 of 3",
            enqueue(() -> ExecutionRequest.of("work", Json.EMPTY_OBJECT).uniqueKey("a\u0000b"))),
        bad(
            "unique key with half a character",
            "unique_key",
            "U+D83D",
            enqueue(
                () -> ExecutionRequest.of("work", Json.EMPTY_OBJECT).uniqueWhileLive("\ud83d"))),
        bad(
            "payload with half a character",
            "payload",
            "U+DE00",
            enqueue(() -> ExecutionRequest.of("work", "\ude00"))),
        bad(
            "JSON payload with half a character",
            "payload",
            "U+D83D at index 1 of 3",
            enqueue(() -> ExecutionRequest.of("work", new Json("\"\ud83d\"")))),
        bad(
            "job payload with half a character",
            "payload",
            "U+D83D",
            create(() -> job().handler("work", "\ud83dx"))),
        bad(
            "HTTP body with half a character",
            "request",
            "U+D83D",
            create(() -> job().action(HttpAction.post(URL).body("\ud83dx").build()))),
        bad("name with half a character", "name", "U+D83D", create(() -> job().name("a\ud83d"))),
        bad(
            "oversized payload to enqueue",
            "payload",
            "1002 characters",
            enqueue(() -> ExecutionRequest.of("work", "x".repeat(1_000)))));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void what_is_wrong_is_refused_by_name_and_nothing_is_stored(
      Consumer<TrigRun> attempt, String field, String got) {
    TrigRun trigrun = open(manual().maxPayload(1_000));

    assertThatThrownBy(() -> attempt.accept(trigrun))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> {
              Problem problem = e.problems().get(0);
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.expected()).isNotBlank();
              assertThat(problem.got()).contains(got);
              assertThat(e).hasMessageContaining(field + ": expected ");
            });
    assertThat(trigrun.jobs().list(10).items()).isEmpty();
    assertThat(trigrun.executions().list(trigrun.executions().query()).items()).isEmpty();
  }

  @Test
  void a_name_that_is_taken_is_a_conflict_and_nothing_is_stored() {
    TrigRun trigrun = open(manual());
    JobSpec spec = job().schedule(Schedule.everyMinutes(5)).build();
    var first = trigrun.jobs().create(spec);
    var other = trigrun.jobs().create(job().name("other").build());

    assertThatThrownBy(() -> trigrun.jobs().create(spec))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected a name that no other job has, got job");
    assertThatThrownBy(() -> trigrun.jobs().update(other.id(), spec))
        .isInstanceOf(ConflictException.class);
    assertThat(trigrun.jobs().find(other.id())).contains(other);
    assertThat(trigrun.executions().list(trigrun.executions().query()).items())
        .as("the cursor of the first")
        .hasSize(1);
    assertThat(trigrun.jobs().find(first.id())).contains(first);
  }

  @Test
  void an_update_that_is_wrong_changes_nothing() {
    TrigRun trigrun = open(manual());
    var saved = trigrun.jobs().create(job().schedule(Schedule.everyMinutes(5)).build());
    JobSpec past = job().schedule(Schedule.at(START.minusSeconds(1))).build();

    assertThatThrownBy(() -> trigrun.jobs().update(saved.id(), past))
        .isInstanceOf(ValidationException.class);
    assertThat(trigrun.jobs().find(saved.id())).contains(saved);
    assertThat(trigrun.jobs().nextRun(saved)).contains(START.plusSeconds(300));
  }

  @Test
  void a_node_that_is_put_together_wrongly_is_refused_and_leaves_nothing() {
    assertThatThrownBy(
            () ->
                open(
                    manual()
                        .handler("twice", Json.class, (p, j) -> {})
                        .handler("twice", Json.class, (p, j) -> {})))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("handler: expected a name that no other handler has, got twice");
    assertThatThrownBy(() -> manual().handler("trigrun.http", Json.class, (p, j) -> {}))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> manual().queue("no such/queue", 1))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("queue");
    assertThatThrownBy(() -> manual().queue("q", -1)).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> manual().lease(Duration.ofMillis(999)))
        .isInstanceOf(ValidationException.class)
        .hasMessage("lease: expected 1 s to 1 h, got PT0.999S");
    assertThatThrownBy(() -> manual().pollInterval(Duration.ofMinutes(2)))
        .isInstanceOf(ValidationException.class);
    for (Duration interval : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> manual().pollInterval(interval))
          .isInstanceOf(ValidationException.class)
          .hasMessageStartingWith("poll_interval: expected 10 ms to 1 min, got PT");
    }
    assertThatThrownBy(() -> manual().node("a\u0000")).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> manual().node("\ud800")).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> manual().node("")).isInstanceOf(ValidationException.class);
  }
}
