package io.trigrun.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Transitions gather only where they come by the ten thousands a second. */
class CommitPaceTest {

  private final CommitPace pace = new CommitPace(-1);
  private long nanoTime = -1;

  private void write(int groups, int size, long microsApart) {
    for (int i = 0; i < groups; i++) {
      nanoTime += TimeUnit.MICROSECONDS.toNanos(microsApart);
      pace.wrote(size, nanoTime);
    }
  }

  @Test
  void a_single_transition_is_not_kept_waiting() {
    write(1, 1, 5_000);
    assertThat(pace.isFast()).isFalse();
  }

  @Test
  void a_few_runs_that_follow_one_another_are_not_slowed_down() {
    write(1_000, 1, 100);
    assertThat(pace.isFast()).isFalse();
  }

  @Test
  void many_small_groups_in_a_row_are_better_gathered() {
    write(1_000, 4, 20);
    assertThat(pace.isFast()).isTrue();
  }

  @Test
  void a_large_group_of_a_slow_store_counts_by_its_time() {
    write(10, 400, 5_000);
    assertThat(pace.isFast()).as("80,000 a second").isTrue();
    write(10, 50, 5_000);
    assertThat(pace.isFast()).as("10,000 a second").isFalse();
  }
}
