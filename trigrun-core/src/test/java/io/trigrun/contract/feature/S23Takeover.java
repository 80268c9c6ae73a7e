package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on one store: every execution once, limits kept, a lost lease taken over, what is saved
 * seen by both.
 */
public abstract class S23Takeover extends FeatureTest {

  private static List<ExecutionRequest> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ExecutionRequest.of("count", Json.EMPTY_OBJECT))
        .toList();
  }

  @Test
  void a_slot_that_is_freed_starts_the_next_run_at_once() throws Exception {
    CountDownLatch all = new CountDownLatch(5);
    TrigRun node =
        started(
            TrigRun.builder()
                .store(store())
                .pollInterval(Duration.ofMinutes(1))
                .handler("alone", Json.class, (payload, job) -> all.countDown()));
    Job job =
        node.jobs()
            .create(JobSpec.named("alone").handler("alone").maxConcurrentExecutions(1).build());
    for (int i = 0; i < 5; i++) {
      assertThat(node.jobs().runNow(job.id()).jobId()).contains(job.id());
    }
    assertThat(all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void permits_of_a_queue_are_never_exceeded() throws Exception {
    int count = 500;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(count);
    CountDownLatch three = new CountDownLatch(3);
    TrigRun node =
        started(
            live("a")
                .queue("default", 3)
                .handler(
                    "count",
                    Json.class,
                    (payload, job) -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      three.countDown();
                      three.await();
                      running.decrementAndGet();
                      all.countDown();
                    }));
    node.enqueue(requests(count));
    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void a_node_that_hangs_loses_its_work_and_can_record_nothing_more() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TrigRun hung =
        open(
            manual()
                .node("hung")
                .lease(Duration.ofSeconds(30))
                .outcomeHandler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      hanging.countDown();
                      goOn.await();
                      return Outcome.succeeded("\"from the hung node\"");
                    }));
    TrigRun other =
        open(
            manual()
                .node("other")
                .outcomeHandler(
                    "work", Json.class, (payload, job) -> Outcome.succeeded("\"from the other\"")));
    UUID id = hung.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
    Thread zombie = new Thread(hung::runDue, "zombie");
    zombie.start();
    assertThat(hanging.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    clock.advance(Duration.ofSeconds(29));
    assertThat(driver(other).runDue()).as("the lease still holds").isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(driver(other).runDue()).isEqualTo(1);
    goOn.countDown();
    zombie.join();

    Execution execution = get(other, id);
    assertThat(execution.output()).contains("\"from the other\"");
    assertThat(execution.node()).contains("other");
    assertThat(execution.attempt()).isEqualTo(2);
    assertThat(other.executions().attempts(id)).hasSize(1);
  }

  @Test
  void a_node_that_lost_a_lease_interrupts_the_handler_and_tells() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Watch watch = new Watch();
    TrigRun node =
        started(
            live("loser")
                .lease(Duration.ofSeconds(1))
                .listener(watch)
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      running.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        assertThat(job.isCancelled()).isTrue();
                        interrupted.countDown();
                        throw e;
                      }
                    }));
    UUID id = node.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).executionId();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    TrigRun elsewhere = open(live("elsewhere"));
    assertThat(elsewhere.executions().cancel(id, "not wanted any more")).isTrue();
    assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(watch.next(TrigRunEvent.LeaseLost.class).executionId()).isEqualTo(id);
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.CANCELLED);
    assertThat(node.executions().attempts(id)).isEmpty();
  }

  @Test
  void a_handler_that_a_node_does_not_have_is_left_to_those_that_do() {
    TrigRun without = open(manual().node("without"));
    UUID id = without.enqueue(ExecutionRequest.of("rare", Json.EMPTY_OBJECT)).executionId();
    assertThat(driver(without).runDue()).isZero();
    assertThat(stateOf(without, id)).as("waiting and visible").isEqualTo(ExecutionState.PENDING);

    TrigRun with = open(manual().node("with").handler("rare", Json.class, (payload, job) -> {}));
    assertThat(driver(with).runDue()).isEqualTo(1);
    assertThat(stateOf(without, id)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void what_one_node_saves_holds_for_the_next_claim_of_the_other() {
    StringBuilder ran = new StringBuilder();
    TrigRun one = open(letters(manual().node("one"), ran));
    TrigRun two = open(letters(manual().node("two"), ran));
    Job job =
        one.jobs()
            .create(JobSpec.named("job").schedule(Schedule.everyMinutes(10)).handler("a").build());
    driver(two).advance(Duration.ofMinutes(10));
    one.jobs().update(job.id(), job.spec().toBuilder().handler("b").build());
    driver(two).advance(Duration.ofMinutes(10));
    one.jobs().pause(job.id());
    driver(two).advance(Duration.ofMinutes(10));
    one.jobs().resume(job.id());
    driver(two).advance(Duration.ofMinutes(10));
    assertThat(ran.toString()).isEqualTo("abb");
  }

  private static TrigRunBuilder letters(TrigRunBuilder builder, StringBuilder ran) {
    return builder
        .handler("a", Json.class, (payload, job) -> ran.append('a'))
        .handler("b", Json.class, (payload, job) -> ran.append('b'));
  }

  @Test
  void work_that_was_only_held_when_its_node_died_still_runs() {
    Outage lost = new Outage(store());
    TrigRun node =
        open(
            manual()
                .store(lost.store())
                .outcomeHandler(
                    "once",
                    Json.class,
                    RetryPolicy.none(),
                    "default",
                    (payload, job) -> Outcome.succeeded()));
    UUID id = node.enqueue(ExecutionRequest.of("once", Json.EMPTY_OBJECT)).executionId();
    for (int crash = 0; crash < 3; crash++) {
      lost.loseAcknowledgements("claim", 1);
      assertThatThrownBy(node::runDue).isInstanceOf(StoreException.class);
      clock.advance(Duration.ofMinutes(1));
    }
    driver(node).runDue();
    assertThat(stateOf(node, id)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void work_that_is_lost_again_and_again_ends_as_the_cause() {
    Outage lost = new Outage(store());
    TrigRun node =
        open(manual().store(lost.store()).handler("killer", Json.class, (payload, job) -> {}));
    UUID id = node.enqueue(ExecutionRequest.of("killer", Json.EMPTY_OBJECT)).executionId();
    for (int crash = 0; crash < 7; crash++) {
      lost.loseAcknowledgements("claim", 1);
      assertThatThrownBy(node::runDue).isInstanceOf(StoreException.class);
      clock.advance(Duration.ofMinutes(1));
    }
    driver(node).runDue();
    assertThat(get(node, id).failure().orElseThrow().errorClass()).isEqualTo("NODE_LOST");
  }
}
