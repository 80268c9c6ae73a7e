package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lane starts no more runs than it has permits, in the order in which they are offered. */
class LaneTest {

  private static final Instant NOW = Instant.parse("2026-03-16T10:00:00Z");

  private final Queue<Runnable> submitted = new ArrayDeque<>();
  private final List<Run> started = new ArrayList<>();
  private final Queue<Runnable> ends = new ArrayDeque<>();
  private final Executor submitting = submitted::add;
  private boolean endsAtOnce;

  private Lane lane(int permits) {
    return new Lane(
        permits,
        10,
        run -> submitting,
        (run, whenDone) -> {
          started.add(run);
          ends.add(whenDone);
          return endsAtOnce;
        });
  }

  private static List<Run> runs(int count) {
    ManualClock clock = ManualClock.at(NOW);
    JobStore store = new InMemoryJobStore();
    try (TrigRun trigrun = TrigRun.builder().store(store).clock(clock).build()) {
      for (int i = 0; i < count; i++) {
        assertThat(trigrun.enqueue(ExecutionRequest.of("work", Json.EMPTY_OBJECT)).duplicate())
            .isFalse();
      }
    }
    ClaimRequest request =
        new ClaimRequest(
            "n", Map.of("default", count), Set.of("work"), NOW, NOW, NOW.plusSeconds(30));
    JobCache jobs = new JobCache(store, new Revision());
    return store.claim(request).executions().stream()
        .map(claimed -> new Run(claimed, clock, jobs))
        .toList();
  }

  private void work() {
    for (Runnable task = submitted.poll(); task != null; task = submitted.poll()) {
      task.run();
    }
  }

  @Test
  void no_more_start_than_there_are_permits_and_each_end_lets_the_next_one_start() {
    Lane lane = lane(2);
    List<Run> runs = runs(5);

    runs.forEach(lane::offer);
    work();
    assertThat(started).containsExactlyElementsOf(runs.subList(0, 2));

    ends.remove().run();
    work();
    assertThat(started).containsExactlyElementsOf(runs.subList(0, 3));
    ends.remove().run();
    ends.remove().run();
    work();
    assertThat(started).containsExactlyElementsOf(runs);
  }

  @Test
  void a_worker_takes_the_next_run_along() {
    Lane lane = lane(1);
    endsAtOnce = true;
    runs(5).forEach(lane::offer);

    assertThat(submitted).hasSize(1);
    work();

    assertThat(started).hasSize(5);
  }

  @Test
  void what_was_drained_does_not_start() {
    Lane lane = lane(1);
    List<Run> runs = runs(3);
    runs.forEach(lane::offer);
    lane.drain();
    endsAtOnce = true;

    work();

    assertThat(started).containsExactly(runs.get(0));
  }

  @Test
  void there_is_room_for_the_permits_and_none_while_most_of_it_is_held() {
    Lane lane = lane(4);
    assertThat(lane.room(NOW)).isEqualTo(4);

    List<Run> runs = runs(4);
    for (Run run : runs) {
      lane.hold();
      lane.offer(run);
    }
    assertThat(lane.room(NOW)).isZero();
    assertThat(lane.end()).as("one of four: worth asking again").isTrue();
    assertThat(lane.held()).as("until it is recorded").isEqualTo(4);
    assertThat(lane.letGo()).isTrue();
    assertThat(lane.held()).isEqualTo(3);
  }

  @Test
  void nothing_more_is_claimed_while_a_thousand_runs_wait_for_their_record() {
    Lane lane = lane(4);
    for (int i = 0; i < 1_000; i++) {
      lane.hold();
      lane.end();
    }

    assertThat(lane.room(NOW)).isZero();

    for (int i = 0; i < 500; i++) {
      lane.letGo();
    }
    assertThat(lane.room(NOW)).isEqualTo(4);
  }

  @Test
  void a_worker_that_begins_asks_for_the_next_one_so_that_blocking_runs_get_all_permits() {
    Lane lane = lane(3);
    runs(5).forEach(lane::offer);
    assertThat(submitted).as("one thread is woken at a time").hasSize(1);

    work();

    assertThat(started).hasSize(3);
  }

  @Test
  void a_run_that_finds_no_thread_is_started_by_a_worker_that_is_awake() {
    AtomicBoolean exhausted = new AtomicBoolean();
    Executor scarce =
        task -> {
          if (exhausted.get()) {
            throw new RejectedExecutionException("no thread to be had");
          }
          submitted.add(task);
        };
    Lane lane = new Lane(2, 10, run -> scarce, (run, whenDone) -> started.add(run));
    List<Run> runs = runs(3);
    lane.offer(runs.get(0));
    exhausted.set(true);
    runs.subList(1, 3).forEach(lane::offer);

    work();

    assertThat(started).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void offered_and_ended_from_many_threads_every_run_starts_once_within_the_permits()
      throws InterruptedException {
    int count = 30_000;
    int permits = 5;
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Run> once = ConcurrentHashMap.newKeySet();
    CountDownLatch left = new CountDownLatch(count);
    ExecutorService threads = Executors.newCachedThreadPool();
    Lane.Start start =
        (run, whenDone) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          once.add(run);
          boolean endsLater = run.executionId().hashCode() % 3 == 0;
          Runnable end =
              () -> {
                running.decrementAndGet();
                left.countDown();
              };
          if (endsLater) {
            threads.execute(
                () -> {
                  end.run();
                  whenDone.run();
                });
          } else {
            end.run();
          }
          return !endsLater;
        };
    Lane lane = new Lane(permits, 10, run -> threads, start);
    List<Run> runs = runs(count);

    for (int part = 0; part < 3; part++) {
      List<Run> offered = runs.subList(part * count / 3, (part + 1) * count / 3);
      threads.execute(() -> offered.forEach(lane::offer));
    }

    assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();
    assertThat(once).hasSize(count);
    assertThat(most.get()).isLessThanOrEqualTo(permits);
  }
}
