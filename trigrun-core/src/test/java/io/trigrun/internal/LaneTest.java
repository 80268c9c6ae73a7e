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
import java.util.concurrent.Executor;
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
    assertThat(lane.letGo()).as("one of four: worth asking again").isTrue();
    assertThat(lane.held()).isEqualTo(3);
  }
}
