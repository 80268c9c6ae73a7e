package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** S1: cron jobs fire by the wall clock of their zone. */
public abstract class S01CronJobs extends FeatureTest {

  private TrigRun trigrun() {
    return open(manual().handler("tick", Json.class, (payload, job) -> {}));
  }

  private static Job cron(TrigRun trigrun, String expression, String zone) {
    return trigrun
        .jobs()
        .create(
            JobSpec.named("cron")
                .schedule(Schedule.cron(expression, zone))
                .handler("tick")
                .build());
  }

  @Test
  void a_cron_job_fires_at_each_of_its_instants_and_says_when_it_does_next() {
    TrigRun trigrun = trigrun();
    Job job = cron(trigrun, "*/15 * * * *", "UTC");

    assertThat(trigrun.jobs().nextRun(job)).contains(Instant.parse("2026-03-16T10:15:00Z"));
    int attempts = driver(trigrun).advance(Duration.ofHours(1));

    assertThat(timesOf(trigrun, job.id()))
        .containsExactly("10:15:00", "10:30:00", "10:45:00", "11:00:00");
    assertThat(attempts).as("4 firings and 4 runs").isEqualTo(8);
    assertThat(trigrun.jobs().nextRun(job)).contains(Instant.parse("2026-03-16T11:15:00Z"));
    assertThat(trigrun.jobs().find(job.id())).contains(job);
  }

  @Test
  void a_daily_job_follows_the_wall_clock_into_summer_time() {
    clock.set(Instant.parse("2026-03-27T12:00:00Z"));
    TrigRun trigrun = trigrun();
    Job job = cron(trigrun, "30 2 * * *", "Europe/Zurich");

    driver(trigrun).advance(Duration.ofDays(3));

    assertThat(instantsOf(trigrun, job.id()))
        .as("02:30 does not exist on the 29th: it fires at 03:00 summer time")
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void a_daily_job_fires_once_when_the_wall_clock_shows_its_time_twice() {
    clock.set(Instant.parse("2026-10-24T12:00:00Z"));
    TrigRun trigrun = trigrun();
    Job job = cron(trigrun, "30 2 * * *", "Europe/Zurich");

    driver(trigrun).advance(Duration.ofDays(2));

    assertThat(instantsOf(trigrun, job.id()))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void a_job_that_is_read_back_has_the_schedule_it_was_saved_with() {
    TrigRun trigrun = trigrun();
    Job job = cron(trigrun, "0 9-17/2 1,15 JAN-MAR MON", "America/New_York");

    Job read = trigrun.jobs().findByName("cron").orElseThrow();

    assertThat(read).isEqualTo(job);
    assertThat(read.spec().schedule())
        .isEqualTo(Schedule.cron("0 9-17/2 1,15 JAN-MAR MON", "America/New_York"));
  }
}
