package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.Priority;
import io.trigrun.Retention;
import io.trigrun.RetryPolicy;
import io.trigrun.StoreSession;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.Extension;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What a host does in some hours, on the thread of a test: jobs on a schedule, work that is
 * retried, parked, continued, cancelled and brings about more work, and history that is forgotten.
 * Each step may be repeated, as by a host that was restarted and does not know how far it came.
 */
final class Scenario {

  private static final Instant START = Instant.parse("2026-03-16T10:30:00Z");
  private static final RetryPolicy RETRY =
      RetryPolicy.attempts(5).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(10)));
  private static final List<String> HANDLERS =
      List.of("plain", "flaky", "own", "later", "parked", "parent", "brief");

  /** A step of the host. */
  @FunctionalInterface
  private interface Step {
    void run(Scenario scenario);
  }

  private static final List<Step> STEPS =
      List.of(
          Scenario::saveJobs,
          Scenario::enqueue,
          Scenario::run,
          Scenario::wake,
          Scenario::cancel,
          scenario -> scenario.pass("2026-03-16T11:15:00Z"),
          scenario -> scenario.trigrun.jobs().pause(scenario.job("paused")),
          scenario -> scenario.pass("2026-03-16T12:15:00Z"),
          scenario -> scenario.trigrun.jobs().resume(scenario.job("paused")),
          scenario -> scenario.pass("2026-03-16T13:15:00Z"),
          scenario -> scenario.trigrun.purgeHistory());

  private final JobStore real;
  private final ManualClock clock = ManualClock.at(START);
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, UUID> ids = new HashMap<>();
  private final Map<String, UUID> jobs = new HashMap<>();
  private JobStore store;
  private TrigRun trigrun;
  private int restarts;

  /**
   * @param real where everything is kept
   * @param failing what the first process sees of it
   */
  Scenario(JobStore real, JobStore failing) {
    this.real = real;
    this.store = failing;
    this.trigrun = process();
  }

  /** Goes through it; a process that dies is replaced by one that sees the real store. */
  void play() {
    for (Step step : STEPS) {
      while (!tried(step)) {
        clock.advance(Duration.ofSeconds(31)); // longer than a lease
      }
    }
  }

  private boolean tried(Step step) {
    try {
      step.run(this);
      return true;
    } catch (FailpointStore.Dead e) {
      restarts++;
      store = real;
      trigrun = process();
      return false;
    } catch (StoreException e) {
      return false;
    }
  }

  List<Call> calls() {
    return calls;
  }

  int restarts() {
    return restarts;
  }

  private TrigRun process() {
    TrigRunBuilder builder =
        TrigRun.builder()
            .store(store)
            .clock(clock)
            .node("process" + restarts)
            .httpTransport(
                call -> CompletableFuture.failedFuture(new IOException("nobody calls anybody")))
            .queue("brief", 10)
            .retention(
                Retention.builder().queue("brief", Retention.all(Duration.ofHours(1))).build())
            .extension(host -> new Extension.Contribution(List.of(), List.of(Scenario::followUps)));
    HANDLERS.forEach(name -> handler(builder, name));
    handler(builder, "child");
    handler(builder, "never");
    return builder.build();
  }

  private void handler(TrigRunBuilder builder, String name) {
    OutcomeHandler<Json> handler = behaviour(name);
    int process = restarts;
    builder.outcomeHandler(
        name,
        Json.class,
        RETRY,
        name.equals("brief") ? "brief" : "default",
        (payload, context) -> {
          calls.add(new Call(context.executionId(), context.attempt(), "process" + process));
          return handler.handle(payload, context);
        });
  }

  private OutcomeHandler<Json> behaviour(String name) {
    return switch (name) {
      case "flaky" ->
          (payload, context) ->
              context.attempt() <= 2 ? Outcome.failed("FLAKY", "it fails") : Outcome.succeeded();
      case "own" ->
          (payload, context) -> {
            context.complete(StoreSession.own());
            return Outcome.succeeded();
          };
      case "later" ->
          (payload, context) ->
              context.checkpoint().isEmpty()
                  ? Outcome.later(clock.instant().plusSeconds(60)).withCheckpoint("\"half\"")
                  : Outcome.succeeded();
      case "parked" ->
          (payload, context) ->
              context.checkpoint().isEmpty()
                  ? new Outcome.Parked(
                      START.plus(Duration.ofDays(1)), Set.of("go"), Optional.of("\"parked\""))
                  : Outcome.succeeded();
      default -> (payload, context) -> Outcome.succeeded();
    };
  }

  /** The end of a parent brings about a child. */
  private static WriteSet followUps(AttemptEnd end) {
    Execution parent = end.execution();
    return end.isFinal() && parent.handler().equals("parent")
        ? WriteSet.enqueue(
            List.of(
                new NewExecution(
                    TimeOrderedId.at(end.at()),
                    parent.workspace(),
                    "default",
                    "child",
                    Optional.empty(),
                    Optional.of(parent.id()),
                    Optional.empty(),
                    Trigger.FOLLOW_UP,
                    Priority.NORMAL,
                    end.at(),
                    end.at(),
                    end.at(),
                    Optional.empty(),
                    Optional.empty(),
                    "{}")))
        : WriteSet.empty();
  }

  private void saveJobs() {
    for (String name : List.of("hourly", "alone", "paused")) {
      JobSpec.Builder spec =
          JobSpec.named(name).schedule(Schedule.cron("0 * * * *")).handler("flaky");
      if (name.equals("alone")) {
        spec.maxConcurrentExecutions(1);
      }
      jobs.put(name, trigrun.jobs().save(spec.build()).id());
    }
  }

  private void enqueue() {
    List<ExecutionRequest> requests = new ArrayList<>();
    for (String name : HANDLERS) {
      for (int i = 0; i < 2; i++) {
        requests.add(ExecutionRequest.of(name, Json.EMPTY_OBJECT).uniqueKey(name + i));
      }
    }
    requests.add(
        ExecutionRequest.of("never", Json.EMPTY_OBJECT)
            .uniqueKey("never")
            .delay(Duration.ofHours(1)));
    List<Enqueued> enqueued = trigrun.enqueue(requests);
    for (int i = 0; i < requests.size(); i++) {
      ids.put(requests.get(i).uniqueKey().orElseThrow().value(), enqueued.get(i).executionId());
    }
  }

  private UUID job(String name) {
    UUID id = jobs.get(name);
    if (id == null) {
      throw new IllegalStateException("expected a job of name " + name);
    }
    return id;
  }

  private UUID id(String key) {
    UUID id = ids.get(key);
    if (id == null) {
      throw new IllegalStateException("expected an execution of key " + key);
    }
    return id;
  }

  private void run() {
    new TrigRunDriver(trigrun, clock).runDue();
  }

  private void pass(String end) {
    Duration left = Duration.between(clock.instant(), Instant.parse(end));
    new TrigRunDriver(trigrun, clock).advance(left);
  }

  private void wake() {
    for (String key : List.of("parked0", "parked1")) {
      store.wake(new WakeUp(id(key), "go", "{}", clock.instant()));
    }
  }

  private void cancel() {
    trigrun.executions().cancel(id("never"), "not wanted any more");
  }

  /** Everything has ended as it should, and no call is too many but that of a process that died. */
  void check(int mostUnrecorded, Figures figures) {
    List<Execution> all =
        trigrun.executions().list(trigrun.executions().query().limit(1_000)).items();
    List<Execution> own = all.stream().filter(one -> one.trigger() != Trigger.SYSTEM).toList();
    for (Execution one : own) {
      assertThat(one.state())
          .as("state of %s", one)
          .isEqualTo(
              one.handler().equals("never") ? ExecutionState.CANCELLED : ExecutionState.SUCCEEDED);
    }
    assertThat(own.stream().map(Execution::handler)).as("forgotten").doesNotContain("brief");
    for (String handler : HANDLERS) {
      if (!handler.equals("brief")) {
        assertThat(
                own.stream()
                    .filter(one -> one.handler().equals(handler) && one.uniqueKey().isPresent()))
            .as(handler)
            .hasSize(2);
      }
    }
    assertThat(own.stream().filter(one -> one.handler().equals("child")))
        .as("children")
        .extracting(one -> one.parentId().orElseThrow())
        .containsExactlyInAnyOrder(id("parent0"), id("parent1"));
    firings(own, "hourly", "11:00", "12:00", "13:00");
    firings(own, "alone", "11:00", "12:00", "13:00");
    firings(own, "paused", "11:00", "13:00");
    calls(own, mostUnrecorded, figures);
  }

  private void firings(List<Execution> all, String job, String... times) {
    assertThat(all.stream().filter(one -> one.jobId().equals(Optional.of(job(job)))))
        .as("firings of %s", job)
        .extracting(one -> one.scheduledFor().toString().substring(11, 16))
        .containsExactlyInAnyOrder(times);
  }

  private void calls(List<Execution> own, int mostUnrecorded, Figures figures) {
    int unrecorded = 0;
    for (Execution one : own) {
      long seen = calls.stream().filter(call -> call.execution().equals(one.id())).count();
      // Going on later, or waiting, is no attempt of its own.
      int parts = Set.of("later", "parked").contains(one.handler()) ? 1 : 0;
      int recorded = real.attempts(one.id()).size() + parts;
      assertThat(seen).as("calls of %s", one).isGreaterThanOrEqualTo(recorded);
      unrecorded += (int) seen - recorded;
    }
    assertThat(unrecorded).as("calls without a record").isLessThanOrEqualTo(mostUnrecorded);
    figures.add("executions", own.size());
    figures.add("duplicates", unrecorded);
  }
}
