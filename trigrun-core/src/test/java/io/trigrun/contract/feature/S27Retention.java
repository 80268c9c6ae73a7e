package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionRequest;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.Retention;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.handler.Outcome;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S27: what has ended is forgotten in time, by queue and state; what is live never. */
@Timeout(60)
public abstract class S27Retention extends FeatureTest {

  private TrigRun node(Retention retention) {
    return open(builder().retention(retention));
  }

  private TrigRunBuilder builder() {
    return manual()
        .queue("other", 4)
        .outcomeHandler("good", Json.class, (payload, job) -> Outcome.succeeded(payload.text()))
        .outcomeHandler(
            "bad", Json.class, (payload, job) -> Outcome.failed("BROKEN", "broken").withoutRetry());
  }

  private static UUID enqueue(TrigRun node, String handler) {
    return node.enqueue(ExecutionRequest.of(handler, Json.EMPTY_OBJECT)).executionId();
  }

  private UUID cancelled(TrigRun node) {
    UUID id =
        node.enqueue(ExecutionRequest.of("good", Json.EMPTY_OBJECT).delay(Duration.ofHours(1)))
            .executionId();
    assertThat(node.executions().cancel(id, "unwanted")).isTrue();
    return id;
  }

  private static boolean isKept(TrigRun node, UUID id) {
    return node.executions().find(id).isPresent();
  }

  @Test
  void everything_is_kept_for_thirty_days_by_default() {
    TrigRun node = open(builder());
    List<UUID> ended = List.of(enqueue(node, "good"), enqueue(node, "bad"), cancelled(node));
    assertThat(node.runDue().attempts()).isEqualTo(2);
    clock.advance(Duration.ofDays(30));
    assertThat(node.purgeHistory()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(node.purgeHistory()).isEqualTo(3);
    assertThat(ended).noneMatch(id -> isKept(node, id));
  }

  @Test
  void each_state_and_queue_has_its_own_time() {
    TrigRun node =
        node(
            Retention.builder()
                .succeeded(Duration.ofDays(1))
                .failed(Duration.ofDays(3))
                .cancelled(Duration.ZERO)
                .queue("other", Retention.forever())
                .build());
    UUID good = enqueue(node, "good");
    UUID bad = enqueue(node, "bad");
    UUID cancelled = cancelled(node);
    UUID other =
        node.enqueue(ExecutionRequest.of("good", Json.EMPTY_OBJECT).queue("other")).executionId();
    assertThat(node.runDue().attempts()).isEqualTo(3);
    List<Integer> forgotten = new ArrayList<>();
    for (int day = 0; day < 4; day++) {
      clock.advance(Duration.ofHours(25));
      forgotten.add(node.purgeHistory());
    }
    assertThat(forgotten).containsExactly(2, 0, 1, 0);
    assertThat(List.of(good, bad, cancelled)).noneMatch(id -> isKept(node, id));
    assertThat(isKept(node, other)).isTrue();
  }

  @Test
  void what_is_live_is_never_forgotten_however_old() {
    TrigRun node = node(Retention.all(Duration.ZERO));
    UUID waiting = enqueue(node, "nobodys");
    Job job =
        node.jobs()
            .create(
                JobSpec.named("yearly")
                    .schedule(Schedule.every(Duration.ofDays(365)))
                    .handler("good")
                    .build());
    clock.advance(Duration.ofDays(364));
    assertThat(node.purgeHistory()).isZero();
    assertThat(stateOf(node, waiting)).isEqualTo(ExecutionState.PENDING);
    assertThat(node.jobs().nextRuns(List.of(job)).get(0)).isPresent();
  }

  @Test
  void more_than_a_batch_is_forgotten_in_one_go() {
    TrigRun node = node(Retention.all(Duration.ZERO));
    List<ExecutionRequest> many = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      many.add(ExecutionRequest.of("good", Json.EMPTY_OBJECT));
    }
    assertThat(node.enqueue(many)).hasSize(700);
    assertThat(node.runDue().attempts()).isEqualTo(700);
    clock.advance(Duration.ofSeconds(1));
    assertThat(node.purgeHistory()).isEqualTo(700);
  }

  @Test
  void a_unique_key_is_free_again_once_its_execution_is_forgotten() {
    TrigRun node = node(Retention.all(Duration.ofDays(1)));
    ExecutionRequest once = ExecutionRequest.of("good", Json.EMPTY_OBJECT).uniqueKey("key");
    assertThat(node.enqueue(once).duplicate()).isFalse();
    assertThat(node.runDue().attempts()).isEqualTo(1);
    assertThat(node.enqueue(once).duplicate()).isTrue();
    clock.advance(Duration.ofDays(2));
    assertThat(node.purgeHistory()).isEqualTo(1);
    assertThat(node.enqueue(once).duplicate()).isFalse();
  }

  @Test
  void a_job_whose_only_run_a_pause_held_back_still_runs_when_it_is_resumed_much_later() {
    TrigRun node = node(Retention.all(Duration.ofDays(1)));
    Job job =
        node.jobs()
            .create(
                JobSpec.named("once")
                    .schedule(Schedule.now())
                    .handler("good")
                    .queue("other")
                    .retry(RetryPolicy.none())
                    .build());
    TrigRun cursors = open(manual().queue("other", 0)); // fires the schedule, and runs nothing
    assertThat(cursors.runDue().attempts()).isEqualTo(1);
    assertThat(node.jobs().pause(job.id()).state()).isEqualTo(JobState.PAUSED);
    assertThat(node.runDue().attempts()).isEqualTo(1);
    clock.advance(Duration.ofDays(60));
    assertThat(node.purgeHistory()).isEqualTo(1);
    assertThat(node.jobs().resume(job.id()).state()).isEqualTo(JobState.ACTIVE);
    assertThat(driver(node).runDue()).isPositive();
    assertThat(runs(node, job.id())).hasSize(1);
    assertThat(node.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> Retention.builder().failed(Duration.ofSeconds(-1)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("retention.failed: expected 0 s to 100 years");
    Retention nested = Retention.builder().queue("a", Retention.forever()).build();
    assertThatThrownBy(() -> Retention.builder().queue("b", nested))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void an_output_that_is_too_long_fails_its_execution_and_is_not_stored() {
    TrigRun node =
        open(
            manual()
                .outcomeHandler(
                    "large",
                    Json.class,
                    (payload, job) -> Outcome.succeeded("\"" + "x".repeat(1024 * 1024) + "\"")));
    UUID id = enqueue(node, "large");
    assertThat(node.runDue().attempts()).isEqualTo(1);
    assertThat(get(node, id).failure().orElseThrow().message()).contains("at most 1048576");
    assertThat(get(node, id).output()).isEmpty();
  }
}
