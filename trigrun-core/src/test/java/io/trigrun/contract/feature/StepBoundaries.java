package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.LeaseLostException;
import io.trigrun.RetryPolicy;
import io.trigrun.StoreSession;
import io.trigrun.TrigRun;
import io.trigrun.handler.Outcome;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.Definition;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import io.trigrun.trace.TraceContext;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Runs that go step by step, driven by hand: what is recorded between two steps, and what counts.
 */
public abstract class StepBoundaries extends FeatureTest {

  private final List<Integer> ran = new ArrayList<>();

  /** Steps 1 to the last, each recorded by itself but the last, which ends the run. */
  private HandlerResult upTo(int last, RunContext run) {
    for (int step = Steps.next(run); step < last; step++) {
      ran.add(step);
      assertThat(run.record(Steps.after(step))).isInstanceOf(Applied.Done.class);
    }
    ran.add(last);
    return HandlerResult.of(Outcome.succeeded("\"done\""), Steps.after(last));
  }

  private static List<JournalEntry> entries(int... steps) {
    return Arrays.stream(steps).mapToObj(Steps::entry).toList();
  }

  private UUID enqueued(TrigRun node) {
    return node.enqueue(Steps.request()).executionId();
  }

  @Test
  void each_step_is_recorded_before_the_next_begins_and_the_last_with_the_end() {
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run -> {
                  for (int step = 1; step < 3; step++) {
                    run.record(Steps.after(step));
                    assertThat(store().journal(run.executionId())).hasSize(step);
                    assertThat(get(run.executionId()).checkpoint()).contains("" + step);
                    assertThat(get(run.executionId()).state()).isEqualTo(ExecutionState.RUNNING);
                  }
                  return HandlerResult.of(Outcome.succeeded(), Steps.after(3));
                }));
    UUID id = enqueued(node);
    assertThat(driver(node).runDue()).isEqualTo(1);
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(get(id).checkpoint()).contains("3");
    assertThat(store().journal(id)).isEqualTo(entries(1, 2, 3));
  }

  private Execution get(UUID id) {
    return store().findExecutions(List.of(id)).get(0);
  }

  @Test
  void a_run_that_fails_keeps_its_place_and_goes_on_from_there_when_it_is_revived() {
    List<Boolean> broken = new ArrayList<>(List.of(true));
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run -> {
                  if (broken.remove(true)) {
                    ran.add(1);
                    return HandlerResult.of(
                        Outcome.failed("BROKEN", "step 2 broke"),
                        Steps.after(1).plus(Steps.enqueue(Steps.FOREIGN, clock.instant())));
                  }
                  return upTo(3, run);
                }));
    UUID id = enqueued(node);
    driver(node).runDue();
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.FAILED);
    assertThat(get(id).checkpoint()).contains("1");
    assertThat(store().journal(id)).isEqualTo(entries(1));
    assertThat(foreign()).hasSize(1);
    assertThat(store().revive(id, clock.instant())).isTrue();
    driver(node).runDue();
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(ran).containsExactly(1, 2, 3);
    assertThat(store().journal(id)).isEqualTo(entries(1, 2, 3));
  }

  private List<Execution> foreign() {
    return store().listExecutions(ExecutionQuery.all("default")).items().stream()
        .filter(one -> one.handler().equals(Steps.FOREIGN))
        .toList();
  }

  @Test
  void the_boundary_of_a_result_goes_before_the_notes_of_its_outcome() {
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run ->
                    run.checkpoint().isPresent()
                        ? HandlerResult.of(Outcome.succeeded())
                        : HandlerResult.of(
                            Outcome.later(clock.instant().plusSeconds(5)).withCheckpoint("old"),
                            Steps.after(1))));
    UUID id = enqueued(node);
    driver(node).runDue();
    assertThat(get(id).checkpoint()).contains("1");
    assertThat(get(id).state()).isEqualTo(ExecutionState.PENDING);
    clock.advance(Duration.ofSeconds(5));
    driver(node).runDue();
    assertThat(get(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(get(id).checkpoint()).contains("1");
  }

  @Test
  void a_boundary_that_lost_its_compare_and_set_wrote_nothing_and_is_made_anew() {
    UUID counter = UUID.randomUUID();
    store().write(WriteSet.save(counter(counter, 1, "0")));
    List<Applied> answers = new ArrayList<>();
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run -> {
                  Definition read = store().findDefinitions(List.of(counter)).get(0);
                  store().write(WriteSet.save(counter(counter, 2, "7"))); // somebody is faster
                  answers.add(run.record(counted(counter, read)));
                  assertThat(store().journal(run.executionId())).isEmpty();
                  assertThat(get(run.executionId()).checkpoint()).isEmpty();
                  Definition now = store().findDefinitions(List.of(counter)).get(0);
                  answers.add(run.record(counted(counter, now)));
                  return HandlerResult.of(Outcome.succeeded());
                }));
    UUID id = enqueued(node);
    driver(node).runDue();
    assertThat(answers.get(0)).isInstanceOf(Applied.Refused.class);
    assertThat(answers.get(1)).isInstanceOf(Applied.Done.class);
    assertThat(store().findDefinitions(List.of(counter)).get(0).document()).isEqualTo("8");
    assertThat(store().journal(id)).isEqualTo(entries(1));
  }

  private static Boundary counted(UUID id, Definition read) {
    String more = String.valueOf(Integer.parseInt(read.document()) + 1);
    return Steps.after(1).plus(WriteSet.save(counter(id, read.version() + 1, more)));
  }

  private static Definition counter(UUID id, long version, String document) {
    return new Definition(
        id,
        "default",
        "counter",
        "c",
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        version,
        START,
        START,
        document);
  }

  @Test
  void an_execution_that_is_not_ours_any_more_stops_at_the_next_boundary() {
    List<Class<?>> thrown = new ArrayList<>();
    TrigRun other = open(manual().node("other"));
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run -> {
                  run.record(Steps.after(1));
                  other.executions().cancel(run.executionId(), "not wanted any more");
                  for (int i = 0; i < 2; i++) {
                    try {
                      run.record(Steps.after(2).plus(Steps.enqueue(Steps.FOREIGN, run.now())));
                    } catch (LeaseLostException e) {
                      thrown.add(e.getClass());
                    }
                  }
                  assertThat(run.isCancelled()).isTrue();
                  return HandlerResult.of(Outcome.succeeded(), Steps.after(3));
                }));
    UUID id = enqueued(node);
    driver(node).runDue();
    assertThat(thrown).containsExactly(LeaseLostException.class, LeaseLostException.class);
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.CANCELLED);
    assertThat(get(id).checkpoint()).contains("1");
    assertThat(store().journal(id)).isEqualTo(entries(1));
    assertThat(foreign()).isEmpty();
  }

  @Test
  void retries_and_crashes_are_counted_from_the_last_boundary() {
    List<Integer> attempts = new ArrayList<>();
    TrigRun node =
        open(
            Steps.on(
                manual(),
                RetryPolicy.attempts(2),
                run -> {
                  attempts.add(run.attempt());
                  if (attempts.size() == 1) {
                    run.record(Steps.after(1));
                    assertThat(run.attempt()).isEqualTo(5);
                    assertThat(get(run.executionId()).attempt()).isEqualTo(1);
                  }
                  return HandlerResult.of(Outcome.failed("BROKEN", "again"));
                }));
    UUID id = enqueued(node);
    for (int crash = 0; crash < 4; crash++) {
      assertThat(store().claim(deadNode()).executions()).hasSize(1);
      clock.advance(Duration.ofMinutes(1));
    }
    driver(node).runDue();
    assertThat(get(id).state()).isEqualTo(ExecutionState.PENDING);
    clock.advance(Duration.ofHours(1));
    driver(node).runDue();
    assertThat(attempts).containsExactly(5, 2);
    assertThat(get(id).state()).isEqualTo(ExecutionState.FAILED);
    assertThat(get(id).failure().map(Failure::errorClass)).contains("BROKEN");
    assertThat(store().attempts(id)).hasSize(2);
  }

  private ClaimRequest deadNode() {
    return new ClaimRequest(
        "dead",
        Map.of("default", 1),
        Set.of(Steps.HANDLER),
        clock.instant(),
        clock.instant(),
        clock.instant().plusSeconds(60));
  }

  @Test
  void a_wake_up_that_a_boundary_has_dealt_with_is_not_handed_out_again() {
    List<List<String>> handedOut = new ArrayList<>();
    TrigRun node =
        open(
            Steps.on(
                manual(),
                RetryPolicy.attempts(2),
                run -> {
                  handedOut.add(run.claimed().wakeUps().stream().map(WakeUp::waitKey).toList());
                  return switch (handedOut.size()) {
                    case 1 -> parked(Steps.after(1), "a", "b");
                    case 2 -> {
                      run.record(Steps.after(2).consuming(Set.of("a")));
                      yield HandlerResult.of(Outcome.failed("BROKEN", "once"));
                    }
                    default ->
                        HandlerResult.of(
                            Outcome.failed("BROKEN", "for good").withoutRetry(),
                            Steps.after(3).consuming(Set.of("b")));
                  };
                }));
    UUID id = enqueued(node);
    driver(node).runDue();
    store().wake(new WakeUp(id, "a", "1", clock.instant()));
    store().wake(new WakeUp(id, "b", "2", clock.instant()));
    driver(node).runDue();
    assertThat(store().wakeUps(id)).extracting(WakeUp::waitKey).containsExactly("b");
    clock.advance(Duration.ofHours(1));
    driver(node).runDue();
    assertThat(handedOut).containsExactly(List.of(), List.of("a", "b"), List.of("b"));
    assertThat(store().wakeUps(id)).isEmpty();
    assertThat(get(id).state()).isEqualTo(ExecutionState.FAILED);
  }

  private HandlerResult parked(Boundary boundary, String... keys) {
    return HandlerResult.of(
        new Outcome.Parked(
            clock.instant().plus(Duration.ofDays(1)), Set.of(keys), Optional.empty()),
        boundary);
  }

  @Test
  void what_a_boundary_enqueues_goes_on_in_the_trace_of_its_run() {
    TraceContext trace = TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run -> {
                  run.record(Boundary.of(Steps.enqueue(Steps.FOREIGN, run.now())));
                  return HandlerResult.of(Outcome.succeeded());
                }));
    NewExecution traced = Steps.execution(Steps.HANDLER, clock.instant(), Optional.of(trace));
    store().write(WriteSet.enqueue(List.of(traced)));
    driver(node).runDue();
    assertThat(foreign()).singleElement().extracting(Execution::trace).isEqualTo(traced.trace());
  }

  @Test
  void what_no_store_can_hold_is_refused_at_once_and_as_a_result_fails_for_good() {
    Boundary tooLong = Boundary.of("1", List.of(new JournalEntry(1, "x".repeat(1_048_577))));
    Boundary unstorable = Boundary.of("\u0000", List.of());
    TrigRun node =
        open(
            Steps.on(
                manual(),
                RetryPolicy.attempts(3),
                run -> {
                  assertThatThrownBy(() -> run.record(tooLong))
                      .isInstanceOf(ValidationException.class)
                      .hasMessageContaining("journal: expected at most 1048576 characters");
                  assertThatThrownBy(() -> run.record(unstorable))
                      .isInstanceOf(ValidationException.class)
                      .hasMessageContaining("checkpoint: expected no U+0000");
                  return HandlerResult.of(
                      Outcome.succeeded(),
                      tooLong.plus(Steps.enqueue(Steps.FOREIGN, clock.instant())));
                }));
    UUID id = enqueued(node);
    driver(node).runDue();
    assertThat(get(id).state()).isEqualTo(ExecutionState.FAILED);
    assertThat(get(id).failure().map(Failure::errorClass)).contains("UNUSABLE_OUTCOME");
    assertThat(get(id).checkpoint()).isEmpty();
    assertThat(store().journal(id)).isEmpty();
    assertThat(foreign()).isEmpty();
  }

  @Test
  void a_boundary_comes_before_the_end_of_the_attempt_and_before_its_completion() {
    List<RunContext> kept = new ArrayList<>();
    TrigRun node =
        open(
            Steps.on(
                manual(),
                run -> {
                  kept.add(run);
                  run.complete(StoreSession.own());
                  assertThatThrownBy(() -> run.record(Steps.after(1)))
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessageContaining("record first, then complete");
                  return HandlerResult.of(Outcome.succeeded());
                }));
    UUID id = enqueued(node);
    driver(node).runDue();
    assertThat(get(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThatThrownBy(() -> kept.get(0).record(Steps.after(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the attempt is over");
    assertThat(store().journal(id)).isEmpty();
  }

  @Test
  void a_run_that_waits_goes_on_though_its_job_was_paused_meanwhile() {
    TrigRun node =
        open(
            manual()
                .outcomeHandler(
                    "wait",
                    Json.class,
                    (payload, job) ->
                        job.checkpoint().isPresent()
                            ? Outcome.succeeded()
                            : new Outcome.Parked(
                                clock.instant().plus(Duration.ofDays(1)),
                                Set.of("key"),
                                Optional.of("waiting"))));
    UUID job =
        node.jobs()
            .create(
                JobSpec.named("waits")
                    .handler("wait")
                    .schedule(Schedule.every(Duration.ofHours(1)))
                    .build())
            .id();
    clock.advance(Duration.ofHours(1));
    driver(node).runDue();
    UUID id = runs(node, job).get(0).id();
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.WAITING);
    node.jobs().pause(job);
    store().wake(new WakeUp(id, "key", "1", clock.instant()));
    driver(node).runDue();
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED);
  }
}
