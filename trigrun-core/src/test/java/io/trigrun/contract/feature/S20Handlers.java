package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.Progress;
import io.trigrun.RetryPolicy;
import io.trigrun.StoreSession;
import io.trigrun.TrigRun;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S20: Java handlers with typed payloads, context, progress and log. */
@Timeout(60)
public abstract class S20Handlers extends FeatureTest {

  record Invoice(int number, LocalDate due, List<String> lines) {}

  private static final RetryPolicy TWICE =
      RetryPolicy.attempts(2).withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(1)));

  private TrigRun node(OutcomeHandler<Json> handler) {
    return open(manual().outcomeHandler("work", Json.class, TWICE, "default", handler));
  }

  private static UUID enqueue(TrigRun trigrun, Object payload) {
    return trigrun.enqueue(ExecutionRequest.of("work", payload)).executionId();
  }

  private Execution run(TrigRun trigrun) {
    UUID id = enqueue(trigrun, Json.EMPTY_OBJECT);
    assertThat(driver(trigrun).runDue()).isPositive();
    return get(trigrun, id);
  }

  @Test
  void a_payload_arrives_as_the_record_it_was() {
    List<Invoice> seen = new ArrayList<>();
    TrigRun trigrun =
        open(manual().handler("work", Invoice.class, (invoice, job) -> seen.add(invoice)));
    Invoice invoice = new Invoice(7, LocalDate.of(2026, 4, 1), List.of("a\u00e9\ud83d\ude00", ""));

    UUID id = enqueue(trigrun, invoice);
    assertThat(driver(trigrun).runDue()).isEqualTo(1);

    assertThat(seen).containsExactly(invoice);
    assertThat(stateOf(trigrun, id)).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_payload_that_can_not_be_decoded_fails_that_execution_only_and_without_a_retry() {
    List<Integer> seen = new ArrayList<>();
    TrigRun trigrun =
        open(manual().handler("work", Invoice.class, (invoice, job) -> seen.add(invoice.number())));

    UUID bad = enqueue(trigrun, new Json("{\"number\":\"seven\"}"));
    UUID good = enqueue(trigrun, new Json("{\"number\":7,\"due\":null,\"later\":1}"));
    assertThat(driver(trigrun).runDue()).isEqualTo(2);

    assertThat(stateOf(trigrun, bad)).isEqualTo(FAILED);
    assertThat(get(trigrun, bad).failure().orElseThrow().message()).contains("Invoice");
    assertThat(trigrun.executions().attempts(bad)).hasSize(1);
    assertThat(stateOf(trigrun, good)).as("unknown fields are ignored").isEqualTo(SUCCEEDED);
    assertThat(seen).containsExactly(7);
  }

  @Test
  void an_exception_is_retried_and_then_the_execution_has_failed() {
    TrigRun trigrun =
        node(
            (payload, job) -> {
              throw new IllegalStateException("attempt " + job.attempt());
            });

    Execution first = run(trigrun);
    assertThat(first.state()).isEqualTo(PENDING);
    assertThat(first.dueAt()).isEqualTo(START.plusSeconds(60));
    assertThat(driver(trigrun).advance(Duration.ofHours(1))).isEqualTo(1);

    Execution last = get(trigrun, first.id());
    assertThat(last.state()).isEqualTo(FAILED);
    assertThat(last.failure().orElseThrow().errorClass()).isEqualTo("IllegalStateException");
    assertThat(last.failure().orElseThrow().message()).isEqualTo("attempt 2");
    assertThat(trigrun.executions().attempts(first.id()))
        .extracting(Attempt::status)
        .containsExactly(AttemptStatus.ERROR, AttemptStatus.ERROR);
  }

  @Test
  void an_error_ends_the_attempt_and_not_the_worker() throws Exception {
    Watch watch = new Watch();
    TrigRun trigrun =
        started(
            live("node")
                .queue("default", 1)
                .listener(watch)
                .outcomeHandler(
                    "work",
                    Json.class,
                    RetryPolicy.none(),
                    "default",
                    (payload, job) -> {
                      throw new NoClassDefFoundError("gone");
                    }));
    UUID one = enqueue(trigrun, Json.EMPTY_OBJECT);
    UUID two = enqueue(trigrun, Json.EMPTY_OBJECT);

    watch.awaitEnded(2);

    assertThat(get(trigrun, one).failure().orElseThrow().errorClass())
        .isEqualTo("NoClassDefFoundError");
    assertThat(stateOf(trigrun, two)).isEqualTo(FAILED);
  }

  @Test
  void a_handler_decides_about_result_retry_and_delay() {
    assertThat(run(node((p, job) -> Outcome.succeeded("[1]"))).output()).contains("[1]");

    TrigRun hopeless = node((p, job) -> Outcome.failed("NO_FUNDS", "empty").withoutRetry());
    Execution failed = run(hopeless);
    assertThat(failed.state()).isEqualTo(FAILED);
    assertThat(failed.failure().orElseThrow().errorClass()).isEqualTo("NO_FUNDS");
    assertThat(failed.attempt()).isEqualTo(1);

    TrigRun slow =
        node((p, job) -> Outcome.failed("BUSY", "later").retryAfter(Duration.ofMinutes(30)));
    Execution busy = run(slow);
    assertThat(busy.state()).isEqualTo(PENDING);
    assertThat(busy.dueAt()).isEqualTo(START.plus(Duration.ofMinutes(30)));
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless host does
  void an_outcome_that_can_not_be_recorded_fails_the_execution() {
    Execution nothing = run(node((p, job) -> null));
    assertThat(nothing.state()).isEqualTo(FAILED);
    assertThat(nothing.failure().orElseThrow().errorClass()).isEqualTo("NO_RESULT");

    Execution never =
        run(
            node(
                (p, job) ->
                    Outcome.failed("BUSY", "x").retryAfter(Duration.ofSeconds(Long.MAX_VALUE))));
    assertThat(never.state()).isEqualTo(FAILED);
    assertThat(never.failure().orElseThrow().errorClass()).isEqualTo("UNUSABLE_OUTCOME");
  }

  @Test
  void a_handler_may_go_on_later_with_its_notes_and_without_using_up_an_attempt() {
    List<String> seen = new ArrayList<>();
    TrigRun trigrun =
        node(
            (payload, job) -> {
              seen.add(job.attempt() + job.checkpoint().orElse("-"));
              return seen.size() < 4
                  ? Outcome.later(clock.instant().plusSeconds(60)).withCheckpoint("c" + seen.size())
                  : Outcome.succeeded();
            });

    Execution run = run(trigrun);
    assertThat(driver(trigrun).advance(Duration.ofHours(1))).isEqualTo(3);

    assertThat(seen).containsExactly("1-", "1c1", "1c2", "1c3");
    assertThat(stateOf(trigrun, run.id())).isEqualTo(SUCCEEDED);
    assertThat(trigrun.executions().attempts(run.id())).hasSize(1);
  }

  @Test
  void a_log_is_kept_with_the_attempt_up_to_64_kb() {
    TrigRun trigrun =
        node(
            (payload, job) -> {
              job.log("hello");
              job.log("\u00e9".repeat(40_000));
              return Outcome.succeeded();
            });

    Execution run = run(trigrun);

    String log = trigrun.executions().attempts(run.id()).get(0).bodyPreview().orElseThrow();
    assertThat(log).startsWith("hello\n\u00e9").endsWith("\u00e9");
    assertThat(log.getBytes(StandardCharsets.UTF_8).length).isBetween(65_535, 65_536);
  }

  @Test
  void progress_is_visible_while_it_runs_and_the_last_word_is_kept() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Watch watch = new Watch();
    TrigRun trigrun =
        started(
            live("node")
                .lease(Duration.ofSeconds(1))
                .listener(watch)
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      job.progress(0.5, "half");
                      said.countDown();
                      release.await();
                      job.progress(1, "all");
                    }));
    UUID id = enqueue(trigrun, Json.EMPTY_OBJECT);
    assertThat(said.await(20, TimeUnit.SECONDS)).isTrue();

    while (get(trigrun, id).progress().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(get(trigrun, id).progress()).contains(new Progress(0.5, "half"));
    release.countDown();
    watch.awaitEnded(1);

    assertThat(get(trigrun, id).progress()).contains(new Progress(1, "all"));
  }

  @Test
  void an_execution_whose_handler_is_missing_here_waits_for_a_node_that_has_it() {
    TrigRun without = open(manual().node("without"));
    UUID id = enqueue(without, new Json("{}"));

    assertThat(driver(without).advance(Duration.ofDays(1))).isZero();
    assertThat(stateOf(without, id)).isEqualTo(PENDING);
    assertThat(without.executions().list(without.executions().query().states(PENDING)).items())
        .extracting(Execution::id)
        .containsExactly(id);

    TrigRun with = node((payload, job) -> Outcome.succeeded());
    assertThat(driver(with).runDue()).isEqualTo(1);
    assertThat(stateOf(without, id)).isEqualTo(SUCCEEDED);
  }

  @Test
  void the_payload_of_a_job_is_taken_as_it_is() {
    String text = "{ \"a\": 1.10, \"b\":0.1000000000000000055511151231257827, \"c\":1e400 }";
    List<String> seen = new ArrayList<>();
    TrigRun trigrun =
        open(manual().handler("keep", Json.class, (payload, job) -> seen.add(payload.text())));
    JobSpec spec = JobSpec.named("exact").handler("keep", new Json(text)).build();
    Job job = trigrun.jobs().save(spec);
    assertThat(trigrun.jobs().runNow(job.id()).payload()).isEqualTo(text);
    driver(trigrun).runDue();
    assertThat(seen).containsExactly(text);
    assertThat(trigrun.jobs().save(spec).version()).as("nothing to save").isEqualTo(1);
  }

  @Test
  void an_outcome_that_no_store_could_hold_fails_that_execution_only() {
    TrigRun trigrun =
        open(
            manual()
                .outcomeHandler("never", Json.class, (payload, job) -> Outcome.later(Instant.MAX))
                .outcomeHandler("text", Json.class, (payload, job) -> Outcome.succeeded("not json"))
                .outcomeHandler(
                    "huge",
                    Json.class,
                    (payload, job) -> Outcome.succeeded("\"" + "x".repeat(2_000_000) + "\"")));
    for (String handler : List.of("never", "text", "huge")) {
      UUID id = trigrun.enqueue(ExecutionRequest.of(handler, Json.EMPTY_OBJECT)).executionId();
      driver(trigrun).runDue();
      assertThat(get(trigrun, id).failure().orElseThrow().errorClass())
          .as(handler)
          .isEqualTo("UNUSABLE_OUTCOME");
    }
  }

  @Test
  void words_that_no_store_can_hold_cost_neither_a_success_nor_the_record_of_an_attempt() {
    TrigRun trigrun =
        node(
            (payload, job) -> {
              job.log("a\u0000b\ud800");
              job.log("\ude00\ud83d\ude00");
              job.progress(1, "all\u0000");
              return Outcome.succeeded();
            });
    Execution done = run(trigrun);
    assertThat(done.state()).isEqualTo(SUCCEEDED);
    assertThat(done.progress()).contains(new Progress(1, "all\ufffd"));
    assertThat(trigrun.executions().attempts(done.id()))
        .singleElement()
        .extracting(Attempt::bodyPreview)
        .isEqualTo(Optional.of("a\ufffdb\ufffd\n\ufffd\ud83d\ude00"));

    TrigRun failing = node((payload, job) -> Outcome.failed("NO\u0000", "\udc00!"));
    Execution failed = run(failing);
    assertThat(failed.state()).isEqualTo(PENDING);
    assertThat(failed.failure()).contains(new Failure("NO\ufffd", "\ufffd!"));
    assertThat(failing.executions().attempts(failed.id()))
        .singleElement()
        .extracting(Attempt::error)
        .isEqualTo(Optional.of("\ufffd!"));

    TrigRun cancelling =
        node((payload, job) -> new Outcome.Cancelled(new Failure("STOP", "\u0000")));
    assertThat(run(cancelling).failure()).contains(new Failure("STOP", "\ufffd"));
    UUID waits = enqueue(trigrun, Json.EMPTY_OBJECT);
    assertThat(trigrun.executions().cancel(waits, "no\u0000more")).isTrue();
    assertThat(get(trigrun, waits).failure().orElseThrow().message()).isEqualTo("no\ufffdmore");
  }

  @Test
  void a_report_that_no_store_can_hold_is_kept_as_far_as_it_can_be() {
    AttemptReport report =
        new AttemptReport(
            AttemptStatus.SUCCESS,
            Optional.of(200),
            Optional.of("\u0000"),
            Map.of("X-\udc00", "\ud800"));
    TrigRun trigrun = node((payload, job) -> new Outcome.Succeeded(Optional.empty(), report));
    Attempt attempt = trigrun.executions().attempts(run(trigrun).id()).get(0);
    assertThat(attempt.bodyPreview()).contains("\ufffd");
    assertThat(attempt.headers()).containsExactly(Map.entry("X-\ufffd", "\ufffd"));
  }

  @Test
  void data_that_some_store_can_not_hold_is_a_failed_attempt_and_retried() {
    Map<String, Outcome> outcomes =
        Map.of(
            "output", Outcome.succeeded("\"\ud800\""),
            "checkpoint", Outcome.later(START.plusSeconds(1)).withCheckpoint("a\u0000b"),
            "wait_key",
                new Outcome.Parked(START.plusSeconds(1), Set.of("\udc00"), Optional.empty()));
    outcomes.forEach(
        (field, outcome) -> {
          TrigRun trigrun =
              node((payload, job) -> job.attempt() == 1 ? outcome : Outcome.succeeded("[1]"));
          Execution first = run(trigrun);
          assertThat(first.state()).as(field).isEqualTo(PENDING);
          assertThat(first.failure().orElseThrow().errorClass()).isEqualTo("UNUSABLE_OUTCOME");
          assertThat(first.failure().orElseThrow().message())
              .startsWith(field + ": expected no U+0000 and no unpaired surrogate")
              .contains("got U+");
          driver(trigrun).advance(Duration.ofMinutes(1));
          assertThat(stateOf(trigrun, first.id())).isEqualTo(SUCCEEDED);
          assertThat(trigrun.executions().attempts(first.id())).hasSize(2);
        });
  }

  @Test
  void a_result_that_is_refused_says_so_once() {
    List<Throwable> refused = new ArrayList<>();
    TrigRun trigrun =
        node(
            (payload, job) -> {
              refused.add(catchThrowable(() -> job.complete(StoreSession.own(), "{nope")));
              refused.add(catchThrowable(() -> job.complete(StoreSession.own(), "\"\udc00\"")));
              return Outcome.succeeded();
            });
    assertThat(run(trigrun).state()).isEqualTo(SUCCEEDED);
    assertThat(refused.get(0).getMessage()).startsWith("output: expected JSON, got something else");
    assertThat(refused.get(1).getMessage())
        .startsWith("output: expected no U+0000")
        .endsWith("got U+DC00 at index 1 of 3");
  }

  @Test
  void s21_a_success_that_is_recorded_at_once_stays_whatever_the_handler_does_next() {
    List<Throwable> again = new ArrayList<>();
    TrigRun trigrun =
        node(
            (payload, job) -> {
              job.complete(StoreSession.own(), "{\"done\":true}");
              assertThat(store().findExecutions(List.of(job.executionId())).get(0).state())
                  .isEqualTo(SUCCEEDED);
              again.add(catchThrowable(() -> job.complete(StoreSession.own())));
              throw new IllegalStateException("too late");
            });
    Execution done = run(trigrun);
    assertThat(done.state()).isEqualTo(SUCCEEDED);
    assertThat(done.output()).contains("{\"done\":true}");
    assertThat(done.failure()).isEmpty();
    assertThat(trigrun.executions().attempts(done.id())).hasSize(1);
    assertThat(again).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
