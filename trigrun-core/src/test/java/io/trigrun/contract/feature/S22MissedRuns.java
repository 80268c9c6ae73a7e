package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** S22: what becomes of firings that nobody was there for. */
public abstract class S22MissedRuns extends FeatureTest {

  /** The job, after a node was down from 10:00 to 15:30. */
  private Job afterAnOutage(TrigRun trigrun, MissedRunPolicy policy) {
    Job job =
        trigrun
            .jobs()
            .create(
                JobSpec.named("hourly")
                    .schedule(Schedule.every(Duration.ofHours(1)))
                    .missed(policy)
                    .handler("tick")
                    .build());
    clock.advance(Duration.ofMinutes(330));
    assertThat(driver(trigrun).runDue()).isPositive();
    return job;
  }

  private TrigRun node() {
    return open(manual().handler("tick", Json.class, (payload, job) -> {}));
  }

  @Test
  void by_default_one_run_makes_up_for_all_of_them() {
    TrigRun trigrun = node();

    Job job = afterAnOutage(trigrun, MissedRunPolicy.runOnce());

    assertThat(timesOf(trigrun, job.id())).containsExactly("15:00:00");
    assertThat(driver(trigrun).advance(Duration.ofMinutes(30))).isEqualTo(2);
    assertThat(timesOf(trigrun, job.id())).containsExactly("15:00:00", "16:00:00");
  }

  @Test
  void skipped_ones_do_not_run_and_the_next_one_does() {
    TrigRun trigrun = node();

    Job job = afterAnOutage(trigrun, MissedRunPolicy.skip());

    assertThat(timesOf(trigrun, job.id())).isEmpty();
    assertThat(driver(trigrun).advance(Duration.ofMinutes(30))).isEqualTo(2);
    assertThat(timesOf(trigrun, job.id())).containsExactly("16:00:00");
  }

  @Test
  void all_of_them_run_up_to_the_bound_the_newest_ones() {
    TrigRun trigrun = node();

    Job job = afterAnOutage(trigrun, MissedRunPolicy.runAll(3));

    assertThat(timesOf(trigrun, job.id())).containsExactly("13:00:00", "14:00:00", "15:00:00");
  }

  @Test
  void a_firing_within_the_tolerance_is_late_and_not_missed() {
    TrigRun trigrun = node();

    Job job = afterAnOutage(trigrun, MissedRunPolicy.skip().tolerance(Duration.ofMinutes(45)));

    assertThat(timesOf(trigrun, job.id())).containsExactly("15:00:00");
  }
}
