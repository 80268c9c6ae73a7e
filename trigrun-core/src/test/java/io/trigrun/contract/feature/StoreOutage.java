package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Health;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.Transition;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails in the middle of anything loses nothing. */
@Timeout(120)
public abstract class StoreOutage extends FeatureTest {

  private final Watch watch = new Watch();
  private final Set<UUID> done = ConcurrentHashMap.newKeySet();
  private final AtomicInteger calls = new AtomicInteger();

  private TrigRun node(Outage outage) {
    return started(
        live("node")
            .store(outage.store())
            .listener(watch)
            .outcomeHandler(
                "work",
                Json.class,
                (payload, job) -> {
                  calls.incrementAndGet();
                  done.add(job.executionId());
                  return Outcome.succeeded(payload.text());
                }));
  }

  private static List<ExecutionRequest> work(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ExecutionRequest.of("work", new Json("{\"n\":" + i + "}")))
        .toList();
  }

  private void assertEachRanOnce(TrigRun trigrun, List<Enqueued> enqueued) {
    assertThat(enqueued)
        .allSatisfy(
            each -> {
              assertThat(stateOf(trigrun, each.executionId())).isEqualTo(SUCCEEDED);
              assertThat(trigrun.executions().attempts(each.executionId())).hasSize(1);
            });
    assertThat(done).hasSize(enqueued.size());
    assertThat(calls).hasValue(enqueued.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"claim", "apply", "claim apply extendLeases findDefinitions"})
  void an_outage_is_told_once_and_work_goes_on_after_it(String operations) throws Exception {
    Outage outage = new Outage(store());
    TrigRun trigrun = node(outage);
    outage.begin(operations.split(" "));

    List<Enqueued> enqueued = trigrun.enqueue(work(50));
    TrigRunEvent.StoreUnavailable told = watch.next(TrigRunEvent.StoreUnavailable.class);
    Health down = trigrun.health();
    await("4 failures", () -> outage.failures() >= 4);
    outage.end();
    TrigRunEvent.StoreRecovered recovered = watch.next(TrigRunEvent.StoreRecovered.class);

    assertThat(told.reason()).contains("does not work");
    assertThat(down.status()).isEqualTo(Health.Status.STORE_UNAVAILABLE);
    assertThat(down.storeFailure().orElseThrow()).contains("does not work");
    assertThat(down.storeFailingSince()).contains(told.at());
    assertThat(recovered.since()).isEqualTo(told.at());
    await("50 ends", () -> watch.all(TrigRunEvent.AttemptEnded.class).size() >= 50);
    assertThat(trigrun.health().status()).isEqualTo(Health.Status.UP);
    assertThat(trigrun.health().storeFailure()).isEmpty();
    assertEachRanOnce(trigrun, enqueued);
    assertThat(watch.all(TrigRunEvent.StoreUnavailable.class)).hasSize(1);
    assertThat(watch.all(TrigRunEvent.StoreRecovered.class)).hasSize(1);
  }

  @Test
  void a_record_whose_acknowledgement_is_lost_is_not_made_twice() throws Exception {
    Outage outage = new Outage(store());
    TrigRun trigrun = node(outage);
    outage.loseAcknowledgements("apply", 3);

    List<Enqueued> enqueued = trigrun.enqueue(work(200));
    watch.awaitEnded(200);

    assertThat(outage.failures()).isPositive();
    assertEachRanOnce(trigrun, enqueued);
    assertThat(watch.all(TrigRunEvent.LeaseLost.class)).isEmpty();
  }

  @Test
  void a_schedule_fires_once_although_acknowledgements_are_lost() throws Exception {
    Outage outage = new Outage(store());
    TrigRun trigrun = node(outage);
    outage.loseAcknowledgements("apply", 5);

    Job job =
        trigrun
            .jobs()
            .create(JobSpec.named("now").schedule(Schedule.now()).handler("work").build());
    TrigRunEvent.AttemptEnded end =
        watch.next(
            TrigRunEvent.AttemptEnded.class, each -> each.execution().handler().equals("work"));

    assertThat(end.execution().state()).isEqualTo(SUCCEEDED);
    assertThat(runs(trigrun, job.id())).hasSize(1);
    assertThat(trigrun.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
    assertThat(calls).hasValue(1);
  }

  @Test
  void a_claim_whose_acknowledgement_is_lost_is_made_good_when_its_lease_ends() throws Exception {
    Outage outage = new Outage(store());
    TrigRun trigrun =
        open(
            live("node")
                .store(outage.store())
                .lease(java.time.Duration.ofSeconds(1))
                .listener(watch)
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      calls.incrementAndGet();
                      done.add(job.executionId());
                    }));
    List<Enqueued> enqueued = trigrun.enqueue(work(10));
    outage.loseAcknowledgements("claim", 1);
    trigrun.start();

    watch.awaitEnded(10);

    assertEachRanOnce(trigrun, enqueued);
  }

  @Test
  void what_one_execution_can_not_store_fails_only_that_execution() throws Exception {
    Outage outage = new Outage(store());
    outage.refuse(
        argument ->
            argument instanceof Collection<?> all
                && all.stream()
                    .anyMatch(
                        each ->
                            each instanceof Transition transition
                                && transition
                                    .output()
                                    .filter(o -> o.contains(":13}"))
                                    .isPresent()));
    TrigRun trigrun = node(outage);

    List<Enqueued> enqueued = trigrun.enqueue(work(50));
    watch.awaitEnded(50);

    for (int i = 0; i < 50; i++) {
      UUID id = enqueued.get(i).executionId();
      assertThat(stateOf(trigrun, id)).as("number %s", i).isEqualTo(i == 13 ? FAILED : SUCCEEDED);
    }
    assertThat(get(trigrun, enqueued.get(13).executionId()).failure().orElseThrow().errorClass())
        .isEqualTo("STORE_REFUSED");
    assertThat(watch.all(TrigRunEvent.AttemptEnded.class))
        .filteredOn(end -> end.execution().state() == FAILED)
        .as("listeners are told what was stored")
        .hasSize(1);
    assertThat(watch.all(TrigRunEvent.StoreUnavailable.class)).isEmpty();
  }

  @Test
  void a_handler_that_runs_during_an_outage_is_recorded_after_it() throws Exception {
    Outage outage = new Outage(store());
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TrigRun trigrun =
        started(
            live("node")
                .store(outage.store())
                .listener(watch)
                .handler(
                    "work",
                    Json.class,
                    (payload, job) -> {
                      entered.countDown();
                      release.await();
                    }));
    UUID id = trigrun.enqueue(work(1).get(0)).executionId();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

    outage.begin("claim", "apply", "extendLeases");
    TrigRunEvent.StoreUnavailable told = watch.next(TrigRunEvent.StoreUnavailable.class);
    release.countDown();
    outage.end();
    watch.awaitEnded(1);

    assertThat(told.reason()).isNotEmpty();
    assertThat(stateOf(trigrun, id)).isEqualTo(SUCCEEDED);
    assertThat(get(trigrun, id).attempt()).isEqualTo(1);
  }
}
