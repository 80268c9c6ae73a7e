package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.Priority;
import io.trigrun.TrigRun;
import io.trigrun.Trigger;
import io.trigrun.spi.Enqueued;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S21: delay, instant, priority, unique keys and batches. */
public abstract class S21Enqueue extends FeatureTest {

  record Order(int number) {}

  private final List<Integer> seen = new ArrayList<>();
  private TrigRun trigrun;

  @BeforeEach
  void build() {
    trigrun =
        open(
            manual()
                .maxPayload(1_000)
                .handler("work", Order.class, (order, job) -> seen.add(order.number())));
  }

  private static ExecutionRequest work(int number) {
    return ExecutionRequest.of("work", new Order(number));
  }

  private int stored() {
    return trigrun.executions().list(trigrun.executions().query()).items().size();
  }

  @Test
  void work_runs_now_later_or_at_an_instant() {
    List<Enqueued> all =
        trigrun.enqueue(
            List.of(
                work(1),
                work(2).delay(Duration.ofMinutes(2)),
                work(3).at(START.plusSeconds(60)),
                work(4).at(START.minusSeconds(60))));

    assertThat(driver(trigrun).runDue()).isEqualTo(2);
    assertThat(seen).containsExactlyInAnyOrder(1, 4);
    assertThat(driver(trigrun).advance(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(driver(trigrun).advance(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(seen.subList(2, 4)).containsExactly(3, 2);
    Execution delayed = get(trigrun, all.get(1).executionId());
    assertThat(delayed.scheduledFor()).isEqualTo(START.plus(Duration.ofMinutes(2)));
    assertThat(delayed.trigger()).isEqualTo(Trigger.ENQUEUE);
    assertThat(delayed.createdAt()).isEqualTo(START);
  }

  @Test
  void of_what_is_due_the_higher_priority_goes_first_then_the_earlier() {
    List<Enqueued> all =
        trigrun.enqueue(
            List.of(
                work(1).priority(Priority.LOWEST),
                work(2).at(START.minusSeconds(1)),
                work(3).at(START.minusSeconds(2)),
                work(4).priority(Priority.HIGHEST),
                work(5).priority(Priority.HIGH)));

    assertThat(driver(trigrun).runDue()).isEqualTo(all.size());

    assertThat(seen).containsExactly(4, 5, 3, 2, 1);
  }

  @Test
  void a_key_that_is_kept_is_taken_for_as_long_as_the_execution_is_known() {
    Enqueued first = trigrun.enqueue(work(1).uniqueKey("k"));
    Enqueued live = trigrun.enqueue(work(2).uniqueKey("k"));
    assertThat(driver(trigrun).runDue()).isEqualTo(1);
    Enqueued finished = trigrun.enqueue(work(3).uniqueKey("k"));

    assertThat(first.duplicate()).isFalse();
    assertThat(live).isEqualTo(new Enqueued(first.executionId(), true));
    assertThat(finished).isEqualTo(new Enqueued(first.executionId(), true));
    assertThat(seen).containsExactly(1);
  }

  @Test
  void a_key_of_the_living_is_free_again_when_the_execution_has_ended() {
    Enqueued first = trigrun.enqueue(work(1).uniqueWhileLive("k"));
    Enqueued live = trigrun.enqueue(work(2).uniqueWhileLive("k"));
    assertThat(driver(trigrun).runDue()).isEqualTo(1);
    Enqueued finished = trigrun.enqueue(work(3).uniqueWhileLive("k"));
    assertThat(driver(trigrun).runDue()).isEqualTo(1);

    assertThat(live).isEqualTo(new Enqueued(first.executionId(), true));
    assertThat(finished.duplicate()).isFalse();
    assertThat(seen).containsExactly(1, 3);
  }

  @Test
  void a_duplicate_within_a_batch_is_reported_and_the_others_are_stored() {
    List<Enqueued> all =
        trigrun.enqueue(List.of(work(1).uniqueKey("k"), work(2).uniqueKey("k"), work(3)));

    assertThat(all).extracting(Enqueued::duplicate).containsExactly(false, true, false);
    assertThat(all.get(1).executionId()).isEqualTo(all.get(0).executionId());
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void a_batch_with_a_bad_one_stores_nothing() {
    ExecutionRequest large = ExecutionRequest.of("work", new Json("\"" + "x".repeat(999) + "\""));

    assertThatThrownBy(() -> trigrun.enqueue(List.of(work(1), large, work(2).queue("nowhere"))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("payload: expected at most 1000 characters")
        .hasMessageContaining("got 1001 characters")
        .hasMessageContaining("queue: expected one of");
    assertThat(stored()).isZero();
    assertThat(trigrun.enqueue(List.of())).isEmpty();
  }

  @Test
  void an_instant_beyond_reach_is_refused_and_nothing_is_stored() {
    assertThatThrownBy(() -> work(1).delay(Duration.ofSeconds(-1)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("delay: expected 0 s or more");
    assertThatThrownBy(() -> trigrun.enqueue(work(1).delay(Duration.ofSeconds(Long.MAX_VALUE))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("delay");
    assertThatThrownBy(() -> trigrun.enqueue(work(1).at(Instant.MAX)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("at");
    assertThat(stored()).isZero();
  }

  @Test
  void an_instant_long_past_means_now() {
    Enqueued enqueued = trigrun.enqueue(work(1).at(Instant.MIN));

    assertThat(stateOf(trigrun, enqueued.executionId())).isEqualTo(PENDING);
    assertThat(driver(trigrun).runDue()).isEqualTo(1);
    assertThat(stateOf(trigrun, enqueued.executionId())).isEqualTo(SUCCEEDED);
  }
}
