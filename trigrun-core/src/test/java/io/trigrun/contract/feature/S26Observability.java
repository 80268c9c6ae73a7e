package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.BackoffPolicy;
import io.trigrun.Callbacks;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Health;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.QueueBacklog;
import io.trigrun.RateLimit;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TriggerEvent;
import io.trigrun.command.CommandAction;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.http.HttpAction;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Subscription;
import io.trigrun.trace.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** S26: traces from the enqueue to the run and out, what is due, health, and events for metrics. */
@Timeout(120)
public abstract class S26Observability extends FeatureTest {

  private final FakeTracing tracing = new FakeTracing();

  private static UUID enqueue(TrigRun trigrun, String handler) {
    return trigrun.enqueue(ExecutionRequest.of(handler, Json.EMPTY_OBJECT)).executionId();
  }

  private static QueueBacklog backlog(TrigRun trigrun) {
    return trigrun.backlog().stream()
        .filter(each -> each.queue().equals("default"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_attempt_goes_on_in_the_trace_of_the_enqueue_and_is_current_in_its_handler() {
    AtomicReference<Optional<TraceContext>> seen = new AtomicReference<>(Optional.empty());
    AtomicReference<Optional<TraceContext>> current = new AtomicReference<>(Optional.empty());
    TrigRun trigrun =
        open(
            manual()
                .tracing(tracing)
                .handler(
                    "work",
                    Json.class,
                    (payload, context) -> {
                      seen.set(context.trace());
                      current.set(tracing.current());
                    }));
    TraceContext enqueued = tracing.enterNew();
    UUID id = enqueue(trigrun, "work");
    tracing.leave();
    UUID untraced = enqueue(trigrun, "work");
    assertThat(get(trigrun, id).trace()).contains(enqueued);
    assertThat(get(trigrun, untraced).trace()).isEmpty();

    driver(trigrun).runDue();

    assertThat(tracing.ended).hasSize(2);
    FakeTracing.Ended span = tracing.ended.get(0);
    assertThat(span.execution().id()).isEqualTo(id);
    assertThat(span.execution().trace()).contains(enqueued);
    assertThat(span.how()).isEmpty();
    assertThat(seen.get()).contains(tracing.ended.get(1).context()).isEqualTo(current.get());
    assertThat(tracing.current()).as("after the run").isEmpty();
    assertThat(get(trigrun, id).trace()).as("when it has ended").contains(enqueued);
  }

  @Test
  void each_attempt_has_a_span_that_says_why_it_failed() {
    TrigRun trigrun =
        open(
            manual()
                .tracing(tracing)
                .handler(
                    "work",
                    Json.class,
                    (payload, context) -> {
                      throw new IllegalStateException("no luck");
                    }));
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("job")
                    .handler("work")
                    .retry(
                        RetryPolicy.attempts(2)
                            .withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(1))))
                    .build());
    TraceContext asked = tracing.enterNew();
    Execution run = trigrun.jobs().runNow(job.id());
    tracing.leave();

    driver(trigrun).runDue();
    driver(trigrun).advance(Duration.ofSeconds(1));

    assertThat(stateOf(trigrun, run.id())).isEqualTo(ExecutionState.FAILED);
    assertThat(tracing.ended)
        .hasSize(2)
        .allMatch(each -> each.how().equals("IllegalStateException"));
    assertThat(tracing.ended)
        .extracting(each -> each.execution().trace())
        .containsOnly(Optional.of(asked));

    TraceContext again = tracing.enterNew();
    Execution replay = trigrun.executions().replay(run.id());
    tracing.leave();
    assertThat(replay.trace()).contains(again);
  }

  @Test
  void what_a_handler_enqueues_goes_on_in_its_trace_and_a_schedule_in_none() {
    AtomicReference<TrigRun> itself = new AtomicReference<>();
    TrigRun trigrun =
        open(
            manual()
                .tracing(tracing)
                .handler("second", Json.class, (payload, context) -> {})
                .handler(
                    "first",
                    Json.class,
                    (payload, context) -> enqueue(Objects.requireNonNull(itself.get()), "second")));
    itself.set(trigrun);
    enqueue(trigrun, "first");
    driver(trigrun).runDue();
    assertThat(tracing.ended).hasSize(2);
    assertThat(tracing.ended.get(1).execution().trace()).contains(tracing.ended.get(0).context());

    tracing.enterNew();
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("scheduled")
                    .handler("second")
                    .schedule(Schedule.every(Duration.ofMinutes(1)))
                    .build());
    driver(trigrun).advance(Duration.ofMinutes(1));
    tracing.leave();
    assertThat(runs(trigrun, job.id())).isNotEmpty().allMatch(run -> run.trace().isEmpty());
    assertThat(tracing.ended).as("spans of what the library does itself").hasSize(3);
  }

  @Test
  void an_http_job_says_where_it_is_in_the_trace_unless_it_has_headers_of_its_own() {
    Target target = closing(new Target());
    TrigRun trigrun = open(manual().tracing(tracing));
    for (String name : List.of("traced", "own")) {
      HttpAction.Builder action = HttpAction.get(target.url("/" + name));
      if (name.equals("own")) {
        action.header("Traceparent", "mine");
      }
      Job job = trigrun.jobs().create(JobSpec.named(name).action(action.build()).build());
      assertThat(trigrun.jobs().runNow(job.id())).isNotNull();
      driver(trigrun).runDue();
    }
    assertThat(target.requests()).hasSize(2);
    assertThat(target.requests().get(0).header("traceparent"))
        .isEqualTo(tracing.ended.get(0).context().traceparent());
    assertThat(target.requests().get(1).header("traceparent")).isEqualTo("mine");
  }

  @Test
  void callbacks_and_chained_runs_go_on_in_the_trace_of_the_attempt_that_brought_them_about() {
    Target target = closing(new Target());
    TrigRun trigrun =
        open(manual().tracing(tracing).handler("work", Json.class, (payload, context) -> {}));
    Job second = trigrun.jobs().create(JobSpec.named("second").handler("work").build());
    Job first =
        trigrun
            .jobs()
            .create(
                JobSpec.named("first")
                    .handler("work")
                    .callbacks(Callbacks.none().onSuccess(target.url("/done")))
                    .triggers(JobTriggers.none().on(TriggerEvent.ON_SUCCESS, "second"))
                    .build());
    TraceContext asked = tracing.enterNew();
    assertThat(trigrun.jobs().runNow(first.id()).trace()).contains(asked);
    tracing.leave();
    driver(trigrun).runDue();

    assertThat(tracing.ended).hasSize(3);
    TraceContext attempt = tracing.ended.get(0).context();
    assertThat(runs(trigrun, second.id()))
        .singleElement()
        .extracting(Execution::trace)
        .isEqualTo(Optional.of(attempt));
    FakeTracing.Ended callback =
        tracing.ended.stream()
            .filter(each -> each.execution().handler().equals(Callbacks.HANDLER))
            .findFirst()
            .orElseThrow();
    assertThat(callback.execution().trace()).contains(attempt);
    assertThat(target.requests().get(0).header("traceparent"))
        .isEqualTo(callback.context().traceparent());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_command_is_told_where_it_is_in_the_trace() {
    TrigRun trigrun = open(manual().tracing(tracing).allowCommands());
    CommandAction action = CommandAction.of("/bin/sh", "-c", "echo $TRACEPARENT").build();
    Job job = trigrun.jobs().create(JobSpec.named("command").action(action).build());
    Execution run = trigrun.jobs().runNow(job.id());
    driver(trigrun).runDue();
    assertThat(trigrun.executions().attempts(run.id()).get(0).bodyPreview().orElse("").strip())
        .isEqualTo(tracing.ended.get(0).context().traceparent());
  }

  @Test
  void a_tracer_that_throws_stops_nothing() throws InterruptedException {
    Watch watch = new Watch();
    TrigRun trigrun =
        started(
            live("node")
                .listener(watch)
                .tracing(new ThrowingTracing())
                .handler("work", Json.class, (payload, context) -> {}));
    UUID id = enqueue(trigrun, "work");
    watch.awaitEnded(1);
    assertThat(stateOf(trigrun, id)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_span_ends_when_another_one_takes_over() throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    TrigRun trigrun =
        started(
            live("node")
                .tracing(tracing)
                .handler(
                    "work",
                    Json.class,
                    (payload, context) -> {
                      runs.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } finally {
                        stopped.countDown();
                      }
                    }));
    UUID id = enqueue(trigrun, "work");
    assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(trigrun.executions().cancel(id, "enough")).isTrue();
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    await("the span", () -> !tracing.ended.isEmpty());
    assertThat(tracing.ended.get(0).how()).isEqualTo("LEASE_LOST");
  }

  @Test
  void the_backlog_is_what_is_due_and_asks_the_store_at_most_every_five_seconds() {
    TrigRun trigrun =
        open(manual().handler("work", Json.class, (payload, context) -> {}).queue("idle", 0));
    assertThat(trigrun.backlog())
        .extracting(QueueBacklog::queue)
        .contains("default", "http", "idle");
    assertThat(backlog(trigrun).due()).isZero();

    enqueue(trigrun, "work");
    enqueue(trigrun, "work");
    assertThat(backlog(trigrun).due()).as("as it was").isZero();
    clock.advance(Duration.ofSeconds(5));
    assertThat(backlog(trigrun).due()).isEqualTo(2);
    assertThat(backlog(trigrun).oldestDueAt()).contains(START);
    assertThat(backlog(trigrun).oldestAge()).isEqualTo(Duration.ofSeconds(5));

    driver(trigrun).runDue();
    clock.advance(Duration.ofSeconds(5));
    assertThat(backlog(trigrun).due()).isZero();
    assertThat(backlog(trigrun).oldestAge()).isZero();
  }

  @Test
  void what_waits_for_a_slot_or_a_turn_is_not_in_the_backlog() {
    List<Integer> due = new ArrayList<>();
    TrigRun other =
        open(manual().node("other").handler("look", Json.class, (payload, context) -> {}));
    TrigRun trigrun =
        open(
            manual()
                .handler("work", Json.class, (payload, context) -> {})
                .handler(
                    "look",
                    Json.class,
                    (payload, context) -> {
                      driver(other).runDue(); // finds no slot free
                      due.add(backlog(other).due());
                    }));
    Job slots =
        trigrun
            .jobs()
            .create(JobSpec.named("slots").handler("look").maxConcurrentExecutions(1).build());
    for (int i = 0; i < 3; i++) {
      assertThat(trigrun.jobs().runNow(slots.id())).isNotNull();
    }
    driver(trigrun).runDue();
    assertThat(due).as("two wait for the slot while the first has it").first().isEqualTo(0);

    Job turns =
        trigrun
            .jobs()
            .create(
                JobSpec.named("turns")
                    .handler("work")
                    .rateLimit(RateLimit.of(1, Duration.ofMinutes(1)))
                    .build());
    for (int i = 0; i < 3; i++) {
      assertThat(trigrun.jobs().runNow(turns.id())).isNotNull();
    }
    clock.advance(Duration.ofSeconds(5));
    assertThat(backlog(trigrun).due()).as("not yet claimed").isEqualTo(3);
    driver(trigrun).runDue();
    clock.advance(Duration.ofSeconds(5));
    assertThat(backlog(trigrun).due()).as("two have turns").isZero();
    clock.advance(Duration.ofSeconds(60));
    assertThat(backlog(trigrun).due()).as("the next turn has come").isEqualTo(1);
    assertThat(backlog(trigrun).oldestAge())
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertThat(
            trigrun
                .executions()
                .list(trigrun.executions().query().job(turns.id()).states(ExecutionState.PENDING))
                .items())
        .hasSize(2);
  }

  @Test
  void the_backlog_of_a_store_that_does_not_work_is_an_error_that_is_not_asked_for_again() {
    Outage outage = new Outage(store());
    TrigRun trigrun = open(TrigRun.builder().store(outage.store()).clock(clock));
    outage.begin("backlog");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(trigrun::backlog)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("expected the backlog");
    }
    assertThat(outage.failures()).isEqualTo(1);
    outage.end();
    clock.advance(Duration.ofSeconds(5));
    assertThat(trigrun.backlog()).isNotEmpty();
  }

  @Test
  void health_tells_permits_and_is_shown_without_what_a_driver_says() throws InterruptedException {
    Outage outage = new Outage(store());
    Watch watch = new Watch();
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    TrigRun trigrun =
        open(
            TrigRun.builder()
                .store(outage.store())
                .pollInterval(Duration.ofMillis(10))
                .listener(watch)
                .queue("idle", 0)
                .handler(
                    "work",
                    Json.class,
                    (payload, context) -> {
                      runs.countDown();
                      mayEnd.await();
                    }));
    assertThat(trigrun.health().isLive()).isTrue();
    assertThat(trigrun.health().isReady()).as("before the start").isFalse();
    trigrun.start();
    enqueue(trigrun, "work");
    assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();

    Health health = trigrun.health();
    assertThat(health.isReady()).isTrue();
    assertThat(health.permits())
        .containsEntry("default", new Health.Permits(1, 32))
        .containsEntry("idle", new Health.Permits(0, 0));
    assertThat(health.toJson(trigrun.backlog()))
        .contains("\"status\":\"UP\"", "\"ready\":true", "\"running\":1", "\"due\":0");

    outage.begin("claim");
    watch.next(TrigRunEvent.StoreUnavailable.class);
    Health away = trigrun.health();
    assertThat(away.isLive()).isTrue();
    assertThat(away.isReady()).isFalse();
    assertThat(away.storeFailure().orElseThrow()).contains("claim does not work");
    assertThat(away.toJson())
        .contains("\"failure\":\"StoreException\"", "failing_since")
        .doesNotContain("does not work");
    outage.end();
    watch.next(TrigRunEvent.StoreRecovered.class);
    mayEnd.countDown();
    watch.awaitEnded(1);
    trigrun.close();
    assertThat(trigrun.health().isLive()).isFalse();
  }

  @Test
  void who_subscribes_is_told_from_then_on_until_the_end_of_it() {
    TrigRun trigrun = open(manual().handler("work", Json.class, (payload, context) -> {}));
    List<TrigRunEvent> told = new ArrayList<>();
    enqueue(trigrun, "work");
    clock.advance(Duration.ofSeconds(3));
    Subscription subscription = trigrun.subscribe(told::add);
    driver(trigrun).runDue();
    subscription.close();
    subscription.close();
    enqueue(trigrun, "work");
    driver(trigrun).runDue();

    assertThat(told).hasSize(2);
    TrigRunEvent.AttemptStarted started = (TrigRunEvent.AttemptStarted) told.get(0);
    assertThat(started.dueAt()).isEqualTo(START);
    assertThat(started.at()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void who_subscribes_to_a_node_that_runs_already_is_told_too() throws InterruptedException {
    TrigRun trigrun = started(live("node").handler("work", Json.class, (payload, context) -> {}));
    Watch watch = new Watch();
    try (Subscription subscription = trigrun.subscribe(watch)) {
      assertThat(subscription).isNotNull();
      enqueue(trigrun, "work");
      watch.awaitEnded(1);
    }
  }
}
