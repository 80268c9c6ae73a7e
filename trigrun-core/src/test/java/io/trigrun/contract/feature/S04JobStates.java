package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.BackoffPolicy;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.NotFoundException;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.Trigger;
import io.trigrun.schedule.Schedule;
import io.trigrun.testing.TrigRunDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** S4: draft, active, paused, completed; pause, resume, activate, run now, update, delete. */
public abstract class S04JobStates extends FeatureTest {

  private final AtomicInteger failures = new AtomicInteger();

  private TrigRun node() {
    return open(
        manual()
            .handler(
                "tick",
                Json.class,
                (payload, job) -> {
                  if (failures.getAndDecrement() > 0) {
                    throw new IllegalStateException("not yet");
                  }
                }));
  }

  private static JobSpec.Builder hourly(String name) {
    return JobSpec.named(name).schedule(Schedule.every(Duration.ofHours(1))).handler("tick");
  }

  private static JobSpec.Builder once() {
    return JobSpec.named("once").schedule(Schedule.at(START.plusSeconds(3_600))).handler("tick");
  }

  private static JobState stateOfJob(TrigRun trigrun, Job job) {
    return trigrun.jobs().find(job.id()).orElseThrow().state();
  }

  @Test
  void a_draft_does_not_fire_until_it_is_activated() {
    TrigRun trigrun = node();
    TrigRunDriver driver = driver(trigrun);
    Job draft = trigrun.jobs().draft(hourly("draft").build());
    assertThat(draft.state()).isEqualTo(JobState.DRAFT);
    assertThat(trigrun.jobs().nextRun(draft)).isEmpty();
    driver.advance(Duration.ofMinutes(150));

    Job active = trigrun.jobs().activate(draft.id());
    driver.runDue();

    assertThat(active.state()).isEqualTo(JobState.ACTIVE);
    assertThat(runs(trigrun, draft.id())).as("what a draft did not do is not missed").isEmpty();
    driver.advance(Duration.ofHours(1));
    assertThat(timesOf(trigrun, draft.id())).containsExactly("13:00:00");
    assertThat(trigrun.jobs().activate(draft.id())).as("no effect").isEqualTo(active);
  }

  @Test
  void a_draft_to_run_at_once_runs_when_it_is_activated() {
    TrigRun trigrun = node();
    Job draft =
        trigrun.jobs().draft(JobSpec.named("d").schedule(Schedule.now()).handler("tick").build());
    clock.advance(Duration.ofDays(1));

    Job active = trigrun.jobs().activate(draft.id());
    driver(trigrun).runDue();

    assertThat(active.state()).isEqualTo(JobState.ACTIVE);
    assertThat(runs(trigrun, draft.id()))
        .extracting(Execution::scheduledFor)
        .containsExactly(START.plus(Duration.ofDays(1)));
    assertThat(stateOfJob(trigrun, draft)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_paused_job_does_not_fire_and_what_it_misses_stays_missed() {
    TrigRun trigrun = node();
    TrigRunDriver driver = driver(trigrun);
    Job job = trigrun.jobs().create(hourly("job").build());
    driver.advance(Duration.ofMinutes(90));

    Job paused = trigrun.jobs().pause(job.id());
    assertThat(trigrun.jobs().nextRun(paused)).isEmpty();
    assertThat(trigrun.jobs().pause(job.id())).as("no effect").isEqualTo(paused);
    driver.advance(Duration.ofHours(3));
    Job resumed = trigrun.jobs().resume(job.id());

    assertThat(trigrun.jobs().nextRun(resumed)).contains(Instant.parse("2026-03-16T15:00:00Z"));
    driver.advance(Duration.ofMinutes(30));
    assertThat(timesOf(trigrun, job.id())).containsExactly("11:00:00", "15:00:00");
    assertThat(trigrun.jobs().resume(job.id())).as("no effect").isEqualTo(resumed);
  }

  @Test
  void a_run_that_has_started_goes_on_through_a_pause_with_its_retries() {
    TrigRun trigrun = node();
    failures.set(1);
    RetryPolicy patient =
        RetryPolicy.attempts(2).withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(10)));
    Job job = trigrun.jobs().create(hourly("job").retry(patient).build());
    driver(trigrun).advance(Duration.ofHours(1));

    Job paused = trigrun.jobs().pause(job.id());
    driver(trigrun).advance(Duration.ofMinutes(10));

    assertThat(paused.state()).isEqualTo(JobState.PAUSED);
    assertThat(runs(trigrun, job.id())).extracting(Execution::state).containsExactly(SUCCEEDED);
    assertThat(runs(trigrun, job.id()).get(0).attempt()).isEqualTo(2);
  }

  @Test
  void a_run_that_was_enqueued_and_has_not_started_is_cancelled_by_a_pause() {
    Job job = fireWithoutRunning(hourly("job").build());
    TrigRun trigrun = node();

    Job paused = trigrun.jobs().pause(job.id());
    driver(trigrun).runDue();

    assertThat(paused.state()).isEqualTo(JobState.PAUSED);
    Execution run = runs(trigrun, job.id()).get(0);
    assertThat(run.state()).isEqualTo(CANCELLED);
    assertThat(run.failure().orElseThrow().message()).contains("paused");
    assertThat(trigrun.executions().attempts(run.id())).isEmpty();
  }

  /** A node without the handler fires the schedule, and leaves the run to others. */
  private Job fireWithoutRunning(JobSpec spec) {
    TrigRun without = open(manual().node("without"));
    Job job = without.jobs().create(spec);
    driver(without).advance(Duration.ofHours(1));
    assertThat(runs(without, job.id())).extracting(Execution::state).containsExactly(PENDING);
    return job;
  }

  @Test
  void a_job_that_runs_once_and_is_paused_before_its_instant_runs_at_it_when_resumed_in_time() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(once().build());
    Job paused = trigrun.jobs().pause(job.id());
    clock.advance(Duration.ofMinutes(10));

    Job resumed = trigrun.jobs().resume(paused.id());
    driver(trigrun).advance(Duration.ofHours(1));

    assertThat(resumed.state()).isEqualTo(JobState.ACTIVE);
    assertThat(timesOf(trigrun, job.id())).containsExactly("11:00:00");
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_job_that_runs_once_and_is_paused_over_its_instant_has_missed_it() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(once().build());
    Job paused = trigrun.jobs().pause(job.id());
    driver(trigrun).advance(Duration.ofHours(2));

    Job resumed = trigrun.jobs().resume(paused.id());

    assertThat(resumed.state()).as("no run is left to come").isEqualTo(JobState.COMPLETED);
    driver(trigrun).advance(Duration.ofHours(2));
    assertThat(runs(trigrun, job.id())).isEmpty();
  }

  @Test
  void a_job_that_runs_once_and_is_paused_after_the_firing_runs_when_it_is_resumed() {
    Job job = fireWithoutRunning(once().build());
    TrigRun trigrun = node();
    Job paused = trigrun.jobs().pause(job.id());
    driver(trigrun).runDue();
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.PAUSED);

    Job resumed = trigrun.jobs().resume(paused.id());
    driver(trigrun).runDue();

    assertThat(resumed.state()).isEqualTo(JobState.ACTIVE);
    assertThat(runs(trigrun, job.id()))
        .extracting(Execution::state)
        .containsExactlyInAnyOrder(CANCELLED, SUCCEEDED);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_job_that_runs_once_and_is_paused_and_resumed_before_its_run_starts_runs_once() {
    Job job = fireWithoutRunning(once().build());
    TrigRun trigrun = node();

    Job paused = trigrun.jobs().pause(job.id());
    Job resumed = trigrun.jobs().resume(paused.id());
    driver(trigrun).advance(Duration.ofHours(1));

    assertThat(resumed.state()).isEqualTo(JobState.ACTIVE);
    assertThat(runs(trigrun, job.id())).extracting(Execution::state).containsExactly(SUCCEEDED);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_job_that_runs_once_and_is_paused_during_its_run_is_completed_by_it() {
    failures.set(1);
    TrigRun trigrun = node();
    Job job =
        trigrun
            .jobs()
            .create(
                once()
                    .retry(
                        RetryPolicy.attempts(2)
                            .withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(5))))
                    .build());
    driver(trigrun).advance(Duration.ofHours(1));

    Job paused = trigrun.jobs().pause(job.id());
    driver(trigrun).advance(Duration.ofMinutes(5));

    assertThat(paused.state()).isEqualTo(JobState.PAUSED);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void run_now_runs_a_job_in_any_state_and_leaves_its_schedule_alone() {
    TrigRun trigrun = node();
    Job draft = trigrun.jobs().draft(hourly("draft").build());
    Job active = trigrun.jobs().create(hourly("active").build());
    Job paused = trigrun.jobs().pause(trigrun.jobs().create(hourly("paused").build()).id());
    Job completed =
        trigrun
            .jobs()
            .create(JobSpec.named("done").schedule(Schedule.now()).handler("tick").build());
    driver(trigrun).runDue();

    for (Job job : new Job[] {draft, active, paused, completed}) {
      Execution run = trigrun.jobs().runNow(job.id());
      driver(trigrun).runDue();

      assertThat(stateOf(trigrun, run.id())).as(job.name()).isEqualTo(SUCCEEDED);
      assertThat(run.trigger()).isEqualTo(Trigger.RUN_NOW);
      assertThat(run.scheduledFor()).isEqualTo(START);
    }
    assertThat(stateOfJob(trigrun, draft)).isEqualTo(JobState.DRAFT);
    assertThat(stateOfJob(trigrun, paused)).isEqualTo(JobState.PAUSED);
    assertThat(trigrun.jobs().nextRun(active)).contains(START.plusSeconds(3_600));
  }

  @Test
  void a_deleted_job_does_not_fire_and_its_history_stays() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(hourly("job").build());
    driver(trigrun).advance(Duration.ofHours(1));
    UUID waiting = trigrun.jobs().runNow(job.id()).id();

    trigrun.jobs().delete(job.id());
    driver(trigrun).advance(Duration.ofHours(5));

    assertThat(trigrun.jobs().find(job.id())).isEmpty();
    assertThat(trigrun.jobs().findByName("job")).isEmpty();
    assertThat(runs(trigrun, job.id())).hasSize(2);
    assertThat(stateOf(trigrun, waiting)).isEqualTo(CANCELLED);
    assertThat(trigrun.jobs().create(hourly("job").build()).id()).isNotEqualTo(job.id());
  }

  @Test
  void the_wrong_state_is_a_conflict_and_an_unknown_job_is_not_found() {
    TrigRun trigrun = node();
    UUID draft = trigrun.jobs().draft(hourly("draft").build()).id();
    UUID active = trigrun.jobs().create(hourly("active").build()).id();
    UUID paused = trigrun.jobs().pause(trigrun.jobs().create(hourly("paused").build()).id()).id();
    UUID nobody = UUID.randomUUID();

    assertThatThrownBy(() -> trigrun.jobs().pause(draft))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected job draft to be ACTIVE, it is DRAFT");
    assertThatThrownBy(() -> trigrun.jobs().resume(draft)).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> trigrun.jobs().activate(paused)).isInstanceOf(ConflictException.class);
    assertThat(trigrun.jobs().find(active).orElseThrow().version()).isEqualTo(1);
    assertThatThrownBy(() -> trigrun.jobs().pause(nobody)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> trigrun.jobs().runNow(nobody)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> trigrun.jobs().delete(nobody)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void a_new_schedule_is_in_force_from_now_and_the_old_one_is_not() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(hourly("job").build());
    driver(trigrun).advance(Duration.ofMinutes(90));

    JobSpec daily = hourly("job").schedule(Schedule.cron("0 12 * * *")).build();
    Job changed = trigrun.jobs().update(job.id(), daily);

    assertThat(changed.version()).isEqualTo(2);
    assertThat(trigrun.jobs().nextRun(changed)).contains(Instant.parse("2026-03-16T12:00:00Z"));
    driver(trigrun).advance(Duration.ofHours(26));
    assertThat(instantsOf(trigrun, job.id()))
        .containsExactly("2026-03-16T11:00:00Z", "2026-03-16T12:00:00Z", "2026-03-17T12:00:00Z");
  }

  @Test
  void a_change_of_anything_else_does_not_move_the_schedule() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(hourly("job").build());
    clock.advance(Duration.ofMinutes(30));

    Job changed = trigrun.jobs().update(job.id(), hourly("renamed").build());

    assertThat(trigrun.jobs().nextRun(changed)).contains(START.plusSeconds(3_600));
    assertThat(trigrun.jobs().findByName("job")).isEmpty();
    assertThat(trigrun.jobs().findByName("renamed")).contains(changed);
  }

  @Test
  void a_paused_job_takes_a_new_schedule_when_it_is_resumed() {
    TrigRun trigrun = node();
    Job paused = trigrun.jobs().pause(trigrun.jobs().create(hourly("job").build()).id());

    Job changed =
        trigrun
            .jobs()
            .update(paused.id(), hourly("job").schedule(Schedule.everyMinutes(20)).build());
    assertThat(changed.state()).isEqualTo(JobState.PAUSED);
    Job resumed = trigrun.jobs().resume(paused.id());

    assertThat(trigrun.jobs().nextRun(resumed)).contains(START.plusSeconds(1_200));
  }

  @Test
  void save_creates_updates_and_otherwise_does_nothing() {
    TrigRun trigrun = node();
    Job created = trigrun.jobs().save(hourly("job").build());
    clock.advance(Duration.ofMinutes(7));

    assertThat(trigrun.jobs().save(hourly("job").build())).as("nothing new").isEqualTo(created);
    Job updated = trigrun.jobs().save(hourly("job").maxConcurrentExecutions(3).build());

    assertThat(updated.id()).isEqualTo(created.id());
    assertThat(updated.version()).isEqualTo(2);
    assertThat(trigrun.jobs().nextRun(updated)).contains(START.plusSeconds(3_600));
    assertThat(trigrun.jobs().list(10).items()).containsExactly(updated);
  }

  @Test
  void save_of_a_job_whose_instant_has_passed_leaves_it_completed() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().save(once().build());
    driver(trigrun).advance(Duration.ofHours(2));

    Job again = trigrun.jobs().save(once().build());

    assertThat(again.id()).isEqualTo(job.id());
    assertThat(again.state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_change_through_one_node_counts_for_the_next_run_on_another() {
    TrigRun one = node();
    TrigRun other = open(manual().node("other").handler("tick", Json.class, (payload, job) -> {}));
    Job job = one.jobs().create(hourly("job").build());
    driver(other).advance(Duration.ofHours(1));
    assertThat(runs(other, job.id())).hasSize(1);

    Job paused = one.jobs().pause(job.id());
    driver(other).advance(Duration.ofHours(1));
    assertThat(runs(other, job.id())).as("paused on every node").hasSize(1);

    Job resumed = one.jobs().resume(paused.id());
    Job faster =
        one.jobs().update(resumed.id(), hourly("job").schedule(Schedule.everyMinutes(20)).build());
    driver(other).advance(Duration.ofHours(1));
    assertThat(faster.version()).isEqualTo(4);
    assertThat(timesOf(other, job.id()))
        .containsExactly("11:00:00", "12:20:00", "12:40:00", "13:00:00");
  }
}
