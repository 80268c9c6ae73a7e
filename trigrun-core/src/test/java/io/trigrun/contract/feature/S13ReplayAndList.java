package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionRequest;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.Trigger;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.UniqueKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S13: replay an execution; list and filter executions. */
public abstract class S13ReplayAndList extends FeatureTest {

  private final List<String> seen = new ArrayList<>();
  private TrigRun trigrun;

  @BeforeEach
  void build() {
    trigrun =
        open(
            manual()
                .handler("work", Json.class, (payload, job) -> seen.add(payload.text()))
                .outcomeHandler(
                    "broken",
                    Json.class,
                    RetryPolicy.none(),
                    "default",
                    (payload, job) -> {
                      throw new IllegalStateException("no");
                    }));
  }

  private UUID enqueue(String handler, String payload) {
    return trigrun.enqueue(ExecutionRequest.of(handler, new Json(payload))).executionId();
  }

  @Test
  void a_replay_is_a_new_execution_of_the_same_work_that_names_the_old_one() {
    UUID id =
        trigrun
            .enqueue(
                ExecutionRequest.of("work", new Json("{\"n\":1}"))
                    .priority(Priority.HIGH)
                    .uniqueKey("once"))
            .executionId();
    assertThat(driver(trigrun).runDue()).isEqualTo(1);
    clock.advance(Duration.ofHours(1));

    Execution replay = trigrun.executions().replay(id);
    assertThat(driver(trigrun).runDue()).isEqualTo(1);

    assertThat(replay.id()).isNotEqualTo(id);
    assertThat(replay.replayOf()).contains(id);
    assertThat(replay.trigger()).isEqualTo(Trigger.REPLAY);
    assertThat(replay.priority()).isEqualTo(Priority.HIGH);
    assertThat(replay.uniqueKey()).isEmpty();
    assertThat(replay.scheduledFor()).isEqualTo(clock.instant());
    assertThat(seen).containsExactly("{\"n\":1}", "{\"n\":1}");
    assertThat(stateOf(trigrun, replay.id())).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_replay_of_a_jobs_run_runs_the_job_as_it_is_now() {
    Job job = trigrun.jobs().create(JobSpec.named("j").handler("broken").build());
    UUID run = trigrun.jobs().runNow(job.id()).id();
    assertThat(driver(trigrun).runDue()).isEqualTo(1);
    assertThat(stateOf(trigrun, run)).isEqualTo(FAILED);

    Job fixed =
        trigrun
            .jobs()
            .update(job.id(), JobSpec.named("j").handler("work", new Json("[7]")).build());
    Execution replay = trigrun.executions().replay(run);
    assertThat(driver(trigrun).runDue()).isEqualTo(1);

    assertThat(fixed.version()).isEqualTo(2);
    assertThat(replay.jobId()).contains(job.id());
    assertThat(replay.handler()).isEqualTo("work");
    assertThat(stateOf(trigrun, replay.id())).isEqualTo(SUCCEEDED);
    assertThat(seen).as("the job's payload of now").containsExactly("[7]");
  }

  @Test
  void who_asks_again_with_the_same_key_is_given_the_same_run() {
    Job job = trigrun.jobs().create(JobSpec.named("j").handler("work").build());
    Job other = trigrun.jobs().create(JobSpec.named("other").handler("work").build());
    UniqueKey once = UniqueKey.whileKept("order-4711");
    UniqueKey more = UniqueKey.whileKept("order-4711-again");

    Execution run = trigrun.jobs().runNow(job.id(), once);
    Execution replay = trigrun.executions().replay(run.id(), more);
    assertThat(driver(trigrun).runDue()).isEqualTo(2);

    assertThat(trigrun.jobs().runNow(job.id(), once)).isEqualTo(get(trigrun, run.id()));
    assertThat(trigrun.executions().replay(run.id(), more)).isEqualTo(get(trigrun, replay.id()));
    assertThat(replay.replayOf()).contains(run.id());
    assertThatThrownBy(() -> trigrun.jobs().runNow(other.id(), once))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(run.id().toString());
    assertThatThrownBy(() -> trigrun.executions().replay(replay.id(), more))
        .isInstanceOf(ConflictException.class);
    assertThat(driver(trigrun).runDue()).isZero();
  }

  @Test
  void what_can_not_be_replayed_is_refused() {
    Job job =
        trigrun
            .jobs()
            .create(JobSpec.named("j").schedule(Schedule.everyMinutes(1)).handler("work").build());
    UUID run = trigrun.jobs().runNow(job.id()).id();
    trigrun.jobs().delete(job.id());

    assertThatThrownBy(() -> trigrun.executions().replay(UUID.randomUUID()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> trigrun.executions().replay(job.cursor().orElseThrow()))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> trigrun.executions().replay(run))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("deleted");
  }

  @Test
  void executions_are_listed_newest_first_page_by_page_and_by_state_and_handler() {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(0, enqueue(i % 2 == 0 ? "work" : "broken", "{}"));
      clock.advance(Duration.ofMillis(1));
    }
    ExecutionQuery query = trigrun.executions().query();

    List<UUID> paged = new ArrayList<>();
    Page<Execution> page = trigrun.executions().list(query.limit(3));
    while (true) {
      page.items().forEach(each -> paged.add(each.id()));
      if (page.next().isEmpty()) {
        break;
      }
      page = trigrun.executions().list(query.limit(3).after(page.next().orElseThrow()));
    }
    assertThat(paged).containsExactlyElementsOf(ids);
    assertThat(trigrun.executions().list(query.handler("broken")).items()).hasSize(3);

    assertThat(driver(trigrun).runDue()).isEqualTo(7);
    assertThat(trigrun.executions().list(query.states(FAILED)).items()).hasSize(3);
    assertThat(trigrun.executions().list(query.states(SUCCEEDED)).items()).hasSize(4);
    assertThat(trigrun.executions().list(query.states(PENDING)).items()).isEmpty();
    assertThatThrownBy(() -> trigrun.executions().list(ExecutionQuery.all("other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workspace");
  }
}
