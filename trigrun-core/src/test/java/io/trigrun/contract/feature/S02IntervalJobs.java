package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** S2: interval jobs are anchored to their creation and do not drift. */
public abstract class S02IntervalJobs extends FeatureTest {

  private TrigRun node() {
    return open(manual().handler("tick", Json.class, (payload, job) -> {}));
  }

  private static JobSpec every(Duration interval) {
    return JobSpec.named("interval").schedule(Schedule.every(interval)).handler("tick").build();
  }

  @Test
  void an_interval_job_fires_first_one_interval_after_its_creation() {
    TrigRun trigrun = node();
    Job job = trigrun.jobs().create(every(Duration.ofMinutes(10)));

    driver(trigrun).advance(Duration.ofMinutes(30));

    assertThat(timesOf(trigrun, job.id())).containsExactly("10:10:00", "10:20:00", "10:30:00");
  }

  @Test
  void being_late_and_restarts_do_not_move_it() {
    TrigRun first = node();
    Job job = first.jobs().create(every(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(10).plusSeconds(42));
    int late = driver(first).runDue();
    first.close();
    clock.set(Instant.parse("2026-03-16T10:13:07Z"));

    TrigRun second = node();
    driver(second).advance(Duration.ofMinutes(17));

    assertThat(late).isPositive();
    assertThat(timesOf(second, job.id())).containsExactly("10:10:00", "10:20:00", "10:30:00");
    assertThat(runs(second, job.id()).get(0).startedAt())
        .contains(Instant.parse("2026-03-16T10:10:42Z"));
  }

  @Test
  void a_run_that_takes_longer_than_the_interval_does_not_move_it_either() {
    AtomicInteger slowOnes = new AtomicInteger(2);
    TrigRun trigrun =
        open(
            manual()
                .handler(
                    "tick",
                    Json.class,
                    (payload, job) -> {
                      if (slowOnes.getAndDecrement() > 0) {
                        clock.advance(Duration.ofMinutes(12));
                      }
                    }));
    Job job = trigrun.jobs().create(every(Duration.ofMinutes(10)));

    driver(trigrun).advance(Duration.ofMinutes(60));

    assertThat(runs(trigrun, job.id()))
        .extracting(Execution::scheduledFor)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            instant ->
                assertThat(Duration.between(START, instant).toMinutes() % 10)
                    .as("%s", instant)
                    .isZero());
  }

  @Test
  void minutes_are_the_platforms_recurring_kind() {
    TrigRun trigrun = node();
    JobSpec spec =
        JobSpec.named("recurring").schedule(Schedule.everyMinutes(5)).handler("tick").build();

    Job job = trigrun.jobs().create(spec);

    assertThat(trigrun.jobs().find(job.id()).orElseThrow().spec().schedule())
        .isEqualTo(Schedule.everyMinutes(5));
    assertThat(trigrun.jobs().nextRun(job)).contains(START.plus(Duration.ofMinutes(5)));
  }
}
