package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Health;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.NotFoundException;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.http.HttpAction;
import io.trigrun.schedule.Schedule;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S24: a graceful stop finishes or hands back what runs; a running execution can be cancelled. */
@Timeout(120)
public abstract class S24StopAndCancel extends FeatureTest {

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();

  private void hold() throws InterruptedException {
    calls.incrementAndGet();
    entered.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  private TrigRun holding() {
    return started(
        live("holding").queue("default", 1).handler("work", Json.class, (p, job) -> hold()));
  }

  private static UUID enqueue(TrigRun trigrun) {
    return trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
  }

  private void awaitLatch(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void what_runs_is_finished_within_the_grace() throws Exception {
    TrigRun trigrun = holding();
    UUID id = enqueue(trigrun);
    awaitLatch(entered);

    Thread stopper = new Thread(() -> trigrun.stop(Duration.ofSeconds(60)));
    stopper.start();
    release.countDown();
    stopper.join(PATIENCE.toMillis());

    assertThat(stopper.isAlive()).isFalse();
    assertThat(stateOf(trigrun, id)).isEqualTo(SUCCEEDED);
    assertThat(interrupted.getCount()).as("not interrupted").isEqualTo(1);
    assertThat(trigrun.health().status()).isEqualTo(Health.Status.STOPPED);
  }

  @Test
  void what_does_not_finish_in_time_is_interrupted_and_handed_back_as_if_it_had_not_begun()
      throws Exception {
    TrigRun trigrun = holding();
    UUID id = enqueue(trigrun);
    awaitLatch(entered);

    trigrun.stop(Duration.ZERO);

    awaitLatch(interrupted);
    Execution back = get(trigrun, id);
    assertThat(back.state()).isEqualTo(PENDING);
    assertThat(back.attempt()).isZero();
    assertThat(trigrun.executions().attempts(id)).isEmpty();
  }

  @Test
  void what_was_claimed_and_not_started_is_handed_back_and_another_node_runs_it_once()
      throws Exception {
    TrigRun first = holding();
    UUID running = enqueue(first);
    awaitLatch(entered);
    List<UUID> waiting = IntStream.range(0, 20).mapToObj(i -> enqueue(first)).toList();

    first.stop(Duration.ZERO);
    assertThat(waiting)
        .allSatisfy(
            id -> {
              assertThat(stateOf(first, id)).isEqualTo(PENDING);
              assertThat(get(first, id).attempt()).isZero();
            });
    Watch watch = new Watch();
    release.countDown();
    TrigRun second =
        started(live("second").listener(watch).handler("work", Json.class, (p, job) -> hold()));
    watch.awaitEnded(21);

    assertThat(stateOf(second, running)).isEqualTo(SUCCEEDED);
    assertThat(waiting)
        .allSatisfy(
            id -> {
              assertThat(stateOf(second, id)).isEqualTo(SUCCEEDED);
              assertThat(second.executions().attempts(id)).hasSize(1);
            });
    assertThat(calls).as("20 once, and one interrupted and made again").hasValue(22);
  }

  @Test
  void what_is_claimed_ahead_of_its_instant_is_handed_back_without_waiting_for_it() {
    TrigRun trigrun =
        started(
            live("ahead")
                .clock(clock)
                .handler("work", Json.class, (p, job) -> calls.incrementAndGet()));
    UUID id =
        trigrun
            .enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT).delay(Duration.ofMillis(30)))
            .executionId();
    while (stateOf(trigrun, id) == PENDING) {
      Thread.onSpinWait();
    }

    trigrun.stop(Duration.ofMinutes(10));

    assertThat(stateOf(trigrun, id)).isEqualTo(PENDING);
    assertThat(get(trigrun, id).attempt()).isZero();
    assertThat(get(trigrun, id).dueAt()).isEqualTo(START.plusMillis(30));
    assertThat(calls).hasValue(0);
  }

  @Test
  void an_http_call_in_flight_is_given_up_and_handed_back() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TrigRun trigrun = started(live("http"));
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
      Job job =
          trigrun
              .jobs()
              .create(
                  JobSpec.named("call")
                      .schedule(Schedule.manual())
                      .action(HttpAction.get(url).build())
                      .retry(RetryPolicy.none())
                      .build());
      UUID id = trigrun.jobs().runNow(job.id()).id();
      try (Socket call = silent.accept()) {
        assertThat(call.getInputStream().read()).isEqualTo('G');
        trigrun.stop(Duration.ZERO);
      }

      assertThat(stateOf(trigrun, id)).isEqualTo(PENDING);
      assertThat(get(trigrun, id).attempt()).isZero();
      assertThat(trigrun.executions().attempts(id)).isEmpty();
    }
  }

  @Test
  void a_stop_that_is_interrupted_leaves_no_thread_and_nothing_running() throws Exception {
    TrigRun trigrun = holding();
    UUID id = enqueue(trigrun);
    awaitLatch(entered);

    Thread stopper = new Thread(() -> trigrun.stop(Duration.ofMinutes(5)));
    stopper.start();
    stopper.interrupt();
    stopper.join(PATIENCE.toMillis());
    awaitLatch(interrupted);

    assertThat(stopper.isAlive()).isFalse();
    TrigRun rescuer =
        open(
            manual()
                .clock(java.time.Clock.offset(java.time.Clock.systemUTC(), Duration.ofHours(1)))
                .alignClock(false)
                .handler("work", Json.class, (p, job) -> {}));
    assertThat(rescuer.runDue().attempts()).isPositive();
    assertThat(stateOf(rescuer, id)).isEqualTo(SUCCEEDED);
  }

  @Test
  void cancelling_what_runs_interrupts_it_at_once_and_it_can_record_nothing_more()
      throws Exception {
    Watch watch = new Watch();
    TrigRun trigrun =
        started(live("node").listener(watch).handler("work", Json.class, (p, job) -> hold()));
    UUID id = enqueue(trigrun);
    awaitLatch(entered);

    assertThat(trigrun.executions().cancel(id, "not wanted")).isTrue();

    awaitLatch(interrupted);
    TrigRunEvent.LeaseLost lost = watch.next(TrigRunEvent.LeaseLost.class);
    assertThat(lost.executionId()).isEqualTo(id);
    Execution cancelled = get(trigrun, id);
    assertThat(cancelled.state()).isEqualTo(CANCELLED);
    assertThat(cancelled.failure().orElseThrow().message()).isEqualTo("not wanted");
    trigrun.stop(Duration.ofSeconds(5));
    assertThat(trigrun.executions().attempts(id)).isEmpty();
    assertThat(watch.all(TrigRunEvent.AttemptEnded.class)).isEmpty();
    assertThat(trigrun.executions().cancel(id, "again")).isFalse();
  }

  @Test
  void cancelling_what_waits_keeps_it_from_running() {
    TrigRun trigrun =
        open(manual().handler("work", Json.class, (p, job) -> calls.incrementAndGet()));
    UUID id =
        trigrun
            .enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT).delay(Duration.ofMinutes(1)))
            .executionId();

    assertThat(trigrun.executions().cancel(id, "not wanted")).isTrue();
    driver(trigrun).advance(Duration.ofMinutes(5));

    assertThat(calls).hasValue(0);
    assertThat(stateOf(trigrun, id)).isEqualTo(CANCELLED);
    assertThatThrownBy(() -> trigrun.executions().cancel(UUID.randomUUID(), "who"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void the_librarys_own_executions_can_not_be_cancelled() {
    TrigRun trigrun = open(manual());
    Job job =
        trigrun
            .jobs()
            .create(JobSpec.named("j").schedule(Schedule.everyMinutes(1)).handler("work").build());
    UUID cursor = job.cursor().orElseThrow();

    assertThatThrownBy(() -> trigrun.executions().cancel(cursor, "no"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("library's own");
    assertThat(trigrun.jobs().nextRun(job)).isPresent();
  }

  @Test
  void a_node_is_started_once_and_stopped_once() {
    TrigRun trigrun = started(live("node"));

    assertThatThrownBy(trigrun::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(trigrun::runDue).isInstanceOf(IllegalStateException.class);
    trigrun.close();
    trigrun.close();
    assertThatThrownBy(trigrun::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STOPPED");
  }
}
