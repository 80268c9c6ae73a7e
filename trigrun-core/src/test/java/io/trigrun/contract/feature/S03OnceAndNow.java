package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.Trigger;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** S3: jobs that run once, at an instant or now, end COMPLETED. */
public abstract class S03OnceAndNow extends FeatureTest {

  private TrigRun node() {
    return open(
        manual()
            .handler("tick", Json.class, (payload, job) -> {})
            .handler(
                "broken",
                Json.class,
                (payload, job) -> {
                  throw new IllegalStateException("no");
                }));
  }

  private static JobSpec.Builder once(Duration in) {
    return JobSpec.named("once").schedule(Schedule.at(START.plus(in))).handler("tick");
  }

  private static JobState stateOfJob(TrigRun trigrun, Job job) {
    return trigrun.jobs().find(job.id()).orElseThrow().state();
  }

  @Test
  void a_scheduled_job_runs_at_its_instant_and_is_completed_by_that() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(once(Duration.ofHours(1)).build());

    driver(trigrun).advance(Duration.ofMinutes(59));
    assertThat(runs(trigrun, job.id())).isEmpty();
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.ACTIVE);

    driver(trigrun).advance(Duration.ofMinutes(1));
    Execution run = runs(trigrun, job.id()).get(0);
    assertThat(run.state()).isEqualTo(SUCCEEDED);
    assertThat(run.trigger()).isEqualTo(Trigger.SCHEDULE);
    assertThat(run.startedAt()).contains(START.plus(Duration.ofHours(1)));
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
    assertThat(trigrun.jobs().nextRun(trigrun.jobs().find(job.id()).orElseThrow())).isEmpty();

    driver(trigrun).advance(Duration.ofDays(2));
    assertThat(runs(trigrun, job.id())).hasSize(1);
  }

  @Test
  void a_one_time_job_runs_at_once_and_is_completed_by_that() {
    TrigRun trigrun = node();
    Job job =
        trigrun
            .jobs()
            .create(JobSpec.named("now").schedule(Schedule.now()).handler("tick").build());

    driver(trigrun).runDue();

    assertThat(runs(trigrun, job.id())).extracting(Execution::state).containsExactly(SUCCEEDED);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_job_that_runs_once_is_active_until_its_last_retry_is_over() {
    TrigRun trigrun = node();
    RetryPolicy twice =
        RetryPolicy.attempts(2).withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(5)));
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("now")
                    .schedule(Schedule.now())
                    .handler("broken")
                    .retry(twice)
                    .build());

    driver(trigrun).runDue();
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.ACTIVE);
    driver(trigrun).advance(Duration.ofMinutes(5));

    assertThat(runs(trigrun, job.id())).extracting(Execution::state).containsExactly(FAILED);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void cancelling_its_only_run_completes_it_too() {
    TrigRun trigrun = node();
    RetryPolicy patient =
        RetryPolicy.attempts(5).withBackoff(BackoffPolicy.fixed(Duration.ofMinutes(5)));
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("now")
                    .schedule(Schedule.now())
                    .handler("broken")
                    .retry(patient)
                    .build());
    driver(trigrun).runDue();

    Execution run = runs(trigrun, job.id()).get(0);
    assertThat(trigrun.executions().cancel(run.id(), "enough")).isTrue();

    assertThat(stateOf(trigrun, run.id())).isEqualTo(CANCELLED);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_missed_instant_that_is_to_be_skipped_completes_the_job_without_a_run() {
    TrigRun trigrun = node();
    Job job =
        trigrun.jobs().create(once(Duration.ofHours(1)).missed(MissedRunPolicy.skip()).build());
    clock.advance(Duration.ofHours(3));

    driver(trigrun).runDue();

    assertThat(runs(trigrun, job.id())).isEmpty();
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_completed_job_runs_again_when_it_gets_a_new_instant() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(once(Duration.ofHours(1)).build());
    driver(trigrun).advance(Duration.ofHours(2));

    Job again = trigrun.jobs().update(job.id(), once(Duration.ofHours(4)).build());
    assertThat(again.state()).isEqualTo(JobState.ACTIVE);
    driver(trigrun).advance(Duration.ofHours(3));

    assertThat(timesOf(trigrun, job.id())).containsExactly("11:00:00", "14:00:00");
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_new_instant_survives_a_pause_although_the_job_ran_before() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(once(Duration.ofHours(1)).build());
    driver(trigrun).advance(Duration.ofHours(2));
    Job again = trigrun.jobs().update(job.id(), once(Duration.ofHours(4)).build());

    Job paused = trigrun.jobs().pause(again.id());
    Job resumed = trigrun.jobs().resume(paused.id());

    assertThat(resumed.state()).isEqualTo(JobState.ACTIVE);
    driver(trigrun).advance(Duration.ofHours(3));
    assertThat(timesOf(trigrun, job.id())).containsExactly("11:00:00", "14:00:00");
  }

  @Test
  void the_end_of_an_old_run_does_not_take_the_new_instant_away() {
    TrigRun trigrun = node();
    RetryPolicy slow =
        RetryPolicy.attempts(2).withBackoff(BackoffPolicy.fixed(Duration.ofHours(1)));
    Job job =
        trigrun.jobs().create(once(Duration.ofHours(1)).handler("broken").retry(slow).build());
    driver(trigrun).advance(Duration.ofHours(1));
    trigrun.jobs().update(job.id(), once(Duration.ofHours(5)).build());
    driver(trigrun).advance(Duration.ofHours(2));
    assertThat(runs(trigrun, job.id())).allMatch(run -> run.state().isFinal());
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.ACTIVE);

    driver(trigrun).advance(Duration.ofHours(3));
    assertThat(runs(trigrun, job.id())).hasSize(2);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void a_new_instant_for_a_paused_job_that_has_fired_holds_after_it_is_resumed() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(once(Duration.ofHours(1)).build());
    clock.advance(Duration.ofHours(1));
    trigrun.jobs().pause(job.id());
    trigrun.jobs().update(job.id(), once(Duration.ofHours(5)).build());
    trigrun.jobs().resume(job.id());
    driver(trigrun).advance(Duration.ofHours(1));
    assertThat(runs(trigrun, job.id())).isEmpty();

    driver(trigrun).advance(Duration.ofHours(3));
    assertThat(runs(trigrun, job.id())).hasSize(1);
    assertThat(stateOfJob(trigrun, job)).isEqualTo(JobState.COMPLETED);
  }
}
