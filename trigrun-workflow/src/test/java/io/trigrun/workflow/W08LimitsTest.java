package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("W8: how long a run may take, and how many there may be at a time")
class W08LimitsTest extends Row {

  private static final Duration HOSTS_MOST = Duration.ofHours(3);
  private static final Step LONG = Step.delay("long", Duration.ofDays(1));

  W08LimitsTest(TestStore kind) {
    super(kind, workflows -> workflows.maxWorkflowDuration(HOSTS_MOST), trigrun -> trigrun);
  }

  private Job save(Workflow workflow) {
    return stage.trigrun.jobs().save(JobSpec.named("job").action(workflow).build());
  }

  private UUID start(Job job) {
    UUID run = stage.workflows.runs().start(job.id(), "{}").id();
    stage.driver.runDue();
    return run;
  }

  @Test
  void a_run_may_take_half_an_hour_unless_it_says() {
    UUID run = stage.run(Workflow.of(Step.waitForWebhook("w")), "{}");
    String url = stage.link(run, "resume_url");
    stage.driver.advance(Duration.ofSeconds(1799));
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.driver.advance(Duration.ofSeconds(1));

    assertThat(stage.failure(run)).isEqualTo("WORKFLOW_TIMEOUT");
    assertThat(stage.post(url, "1").status()).isEqualTo(410);
  }

  @Test
  void a_run_may_say_how_long() {
    UUID run = stage.run(Workflow.of(LONG).maxDuration(Duration.ofHours(2)), "{}");
    stage.driver.advance(Duration.ofSeconds(7199));
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.driver.advance(Duration.ofSeconds(1));

    assertThat(stage.failure(run)).isEqualTo("WORKFLOW_TIMEOUT");
  }

  @Test
  void two_hours_are_the_most_unless_the_host_allows_more() {
    try (Stage strict = new Stage(w -> w.maxWorkflowDuration(Duration.ofHours(2)))) {
      strict.job("fits", Workflow.of(LONG).maxDuration(Duration.ofHours(2)));
      assertThat(
              problems(
                  () ->
                      strict.job(
                          "long",
                          Workflow.of(LONG).maxDuration(Duration.ofHours(2).plusSeconds(1)))))
          .singleElement()
          .asString()
          .startsWith("/max_workflow_duration_seconds: expected at most 7200 (");
    }
    save(Workflow.of(LONG).maxDuration(HOSTS_MOST));
    assertThat(problems(() -> save(Workflow.of(LONG).maxDuration(HOSTS_MOST.plusSeconds(1)))))
        .hasSize(1);
    assertThat(problems(() -> Workflow.of(LONG).maxDuration(Duration.ZERO)))
        .containsExactly("/max_workflow_duration_seconds: expected 1 s to 366 days, got PT0S");
  }

  @Test
  void the_default_of_the_host_is_two_hours() {
    try (TrigRun trigrun = TrigRun.builder().extension(Workflows.create()).build()) {
      JobSpec spec =
          JobSpec.named("job").action(Workflow.of(LONG).maxDuration(Duration.ofHours(3))).build();
      assertThat(problems(() -> trigrun.jobs().save(spec))).hasSize(1);
    }
  }

  @Test
  void time_that_is_spent_parked_counts_unless_the_workflow_says() {
    Workflow workflow =
        Workflow.of(LONG, Step.handler("n", "note")).maxDuration(Duration.ofMinutes(1));
    UUID patient = stage.run(workflow.withoutCountingWaits(), "{}");
    UUID hurried = stage.run(workflow, "{}");
    stage.driver.advance(Duration.ofDays(1));

    assertThat(stage.failure(hurried)).isEqualTo("WORKFLOW_TIMEOUT");
    assertThat(stage.state(patient)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void one_runs_at_a_time_and_a_parked_one_counts() {
    Job job = save(Workflow.of(Step.waitForWebhook("w")));
    UUID first = start(job);
    UUID second = start(job);
    assertThat(List.of(stage.state(first), stage.state(second)))
        .containsExactly(ExecutionState.WAITING, ExecutionState.PENDING);

    stage.post(stage.link(first, "resume_url"), "1");

    assertThat(List.of(stage.state(first), stage.state(second)))
        .containsExactly(ExecutionState.SUCCEEDED, ExecutionState.WAITING);
  }

  @Test
  void a_job_may_allow_more_and_zero_is_no_limit() {
    for (int most : new int[] {2, 0}) {
      Job job =
          stage
              .trigrun
              .jobs()
              .save(
                  JobSpec.named("many-" + most)
                      .action(Workflow.of(Step.waitForWebhook("w")))
                      .maxConcurrentExecutions(most)
                      .build());
      start(job);
      start(job);
      start(job);
      long parked = runs(job).stream().filter(run -> run.state() == ExecutionState.WAITING).count();
      assertThat(parked).isEqualTo(most == 0 ? 3 : most);
    }
    assertThat(problems(() -> JobSpec.named("less").maxConcurrentExecutions(-1))).hasSize(1);
  }
}
