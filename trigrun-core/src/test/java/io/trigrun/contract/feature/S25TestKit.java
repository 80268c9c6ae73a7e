package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionRequest;
import io.trigrun.Health;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S25 and S26: a day in no time, on the test's own thread; events in their order. */
@Timeout(60)
public abstract class S25TestKit extends FeatureTest {

  @Test
  void a_day_passes_at_once_on_the_tests_own_thread() {
    List<Thread> threads = new ArrayList<>();
    TrigRun trigrun =
        open(
            manual()
                .handler(
                    "tick", Json.class, (payload, job) -> threads.add(Thread.currentThread())));
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("hourly")
                    .schedule(Schedule.every(Duration.ofHours(1)))
                    .handler("tick")
                    .build());

    assertThat(driver(trigrun).advance(Duration.ofDays(1))).isEqualTo(48);

    assertThat(threads).hasSize(24).containsOnly(Thread.currentThread());
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(1)));
    assertThat(runs(trigrun, job.id()))
        .allSatisfy(run -> assertThat(run.startedAt()).contains(run.scheduledFor()));
    assertThat(trigrun.health().status()).isEqualTo(Health.Status.NEW);
  }

  @Test
  void what_becomes_due_by_a_run_runs_too() {
    List<String> seen = new ArrayList<>();
    TrigRun[] self = new TrigRun[1];
    TrigRun trigrun =
        open(
            manual()
                .handler(
                    "first",
                    Json.class,
                    (payload, job) -> {
                      seen.add("first");
                      assertThat(
                              self[0]
                                  .enqueue(ExecutionRequest.of("second", Json.EMPTY_OBJECT))
                                  .duplicate())
                          .isFalse();
                    })
                .handler("second", Json.class, (payload, job) -> seen.add("second")));
    self[0] = trigrun;
    assertThat(trigrun.enqueue(ExecutionRequest.of("first", Json.EMPTY_OBJECT)).duplicate())
        .isFalse();

    TrigRun.DueRun run = trigrun.runDue();

    assertThat(run.attempts()).isEqualTo(2);
    assertThat(run.nextDue()).isEmpty();
    assertThat(seen).containsExactly("first", "second");
  }

  @Test
  void a_queue_without_permits_is_left_to_other_nodes() {
    TrigRun none =
        open(manual().queue("default", 0).handler("work", Json.class, (payload, job) -> {}));
    var id = none.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();

    assertThat(driver(none).advance(Duration.ofHours(1))).isZero();

    TrigRun other = open(manual().handler("work", Json.class, (payload, job) -> {}));
    assertThat(driver(other).runDue()).isEqualTo(1);
    assertThat(stateOf(other, id)).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_started_node_is_not_driven_by_hand() {
    TrigRun trigrun = started(live("node"));

    assertThatThrownBy(trigrun::runDue).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void s26_events_come_in_order_and_a_listener_that_throws_harms_nobody() throws Exception {
    Watch watch = new Watch();
    TrigRun trigrun =
        started(
            live("node")
                .listener(
                    event -> {
                      throw new IllegalStateException("listener");
                    })
                .listener(
                    event -> {
                      throw new StackOverflowError();
                    })
                .listener(watch)
                .handler("work", Json.class, (payload, job) -> {}));
    var id = trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();

    TrigRunEvent.AttemptStarted started = watch.next(TrigRunEvent.AttemptStarted.class);
    TrigRunEvent.AttemptEnded ended = watch.next(TrigRunEvent.AttemptEnded.class);

    assertThat(started.execution().id()).isEqualTo(id);
    assertThat(ended.execution().state()).isEqualTo(SUCCEEDED);
    assertThat(ended.attempt().orElseThrow().number()).isEqualTo(1);
    assertThat(stateOf(trigrun, id)).as("told after the commit").isEqualTo(SUCCEEDED);
    var second = trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
    assertThat(watch.next(TrigRunEvent.AttemptEnded.class).execution().id()).isEqualTo(second);
  }
}
