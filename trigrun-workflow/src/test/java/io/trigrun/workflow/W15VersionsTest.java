package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A step whose handler no node has yet: {@link NodesTest}, too. */
@OnEveryStore
@DisplayName("W15: a run in flight keeps the version of the workflow that it began with")
class W15VersionsTest extends Row {

  private static final AtomicBoolean BROKEN = new AtomicBoolean();

  private final TestStore kind;

  W15VersionsTest(TestStore kind) {
    super(
        kind,
        workflows ->
            workflows.handler(
                "fragile",
                JsonNode.class,
                (input, step) -> {
                  if (BROKEN.get()) {
                    throw new StepFailedException("BROKEN", "not now");
                  }
                  return input;
                }),
        trigrun -> trigrun);
    this.kind = kind;
  }

  private static Workflow version(String name) {
    return Workflow.of(Step.waitForWebhook("w"), note("n", "\"" + name + "\""));
  }

  @Test
  void a_run_that_waits_goes_on_as_it_began_and_new_runs_are_of_the_new_version() {
    UUID old = stage.run(version("old"), "{}");
    UUID young = stage.run(version("young"), "{}");
    stage.post(resumeUrl(old, "w"), "1");
    stage.post(resumeUrl(young, "w"), "1");

    assertThat(stage.output(old)).isEqualTo("\"old\"");
    assertThat(stage.output(young)).isEqualTo("\"young\"");
    assertThat(stage.execution(old).jobId()).isEqualTo(stage.execution(young).jobId());
  }

  @Test
  void a_run_that_is_still_queued_is_of_the_version_of_its_start() {
    JobSpec.Builder spec = JobSpec.named("one-by-one");
    Job job = stage.trigrun.jobs().save(spec.action(version("old")).build());
    UUID first = stage.workflows.runs().start(job.id(), "{}").id();
    UUID queued = stage.workflows.runs().start(job.id(), "{}").id();
    stage.driver.runDue();
    stage.trigrun.jobs().save(spec.action(version("young")).build());
    stage.post(resumeUrl(first, "w"), "1");
    stage.post(resumeUrl(queued, "w"), "1");

    assertThat(stage.output(queued)).isEqualTo("\"old\"");
  }

  @Test
  void so_is_one_that_a_webhook_has_started() {
    JobSpec.Builder spec = JobSpec.named("on-push").maxConcurrentExecutions(1);
    Step wait = Step.waitForWebhook("w");
    Job job =
        stage
            .trigrun
            .jobs()
            .save(spec.action(Workflow.startedByWebhook(wait, note("n", "\"old\""))).build());
    String token = stage.workflows.triggers().issue(job.id(), TriggerSpec.unverified()).token();
    deliver(token, "{}");
    deliver(token, "{}");
    stage
        .trigrun
        .jobs()
        .save(spec.action(Workflow.startedByWebhook(note("n", "\"young\""))).build());
    stage.post(resumeUrl(runs(job).get(0).id(), "w"), "1");
    stage.post(resumeUrl(runs(job).get(1).id(), "w"), "1");
    deliver(token, "{}");

    assertThat(stage.notes).containsExactly("n[]:\"old\"", "n[]:\"old\"", "n[]:\"young\"");
  }

  @Test
  void a_retry_is_of_the_old_version_too() {
    BROKEN.set(true);
    UUID run =
        stage.run(
            Workflow.of(
                Step.handler("f", "fragile").input("\"old\""), note("n", "\"{{steps.f.output}}\"")),
            "{}");
    assertThat(stage.failure(run)).isEqualTo("BROKEN");
    stage.job("job", Workflow.of(note("n", "\"young\"")));
    BROKEN.set(false);
    assertThat(stage.workflows.runs().retry(run)).isTrue();
    stage.driver.runDue();

    assertThat(stage.output(run)).isEqualTo("\"old\"");
  }

  @Test
  void when_its_job_is_deleted_a_parked_run_ends_as_cancelled_at_its_next_turn() {
    UUID run = stage.run(version("old"), "{}");
    String url = resumeUrl(run, "w");
    stage.trigrun.jobs().delete(stage.execution(run).jobId().orElseThrow());
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.post(url, "1");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.CANCELLED);
    assertThat(stage.notes).isEmpty();
  }

  @Test
  void a_step_that_no_node_can_run_parks_the_run_and_says_why() {
    try (Cluster cluster = new Cluster(kind)) {
      Node old = cluster.node("old", cluster.opened.store(), UnaryOperator.identity());
      UUID job =
          old.trigrun()
              .jobs()
              .save(
                  JobSpec.named("job")
                      .action(
                          Workflow.of(Step.set("s", "{}"), Step.handler("h", "new-one").input("7")))
                      .build())
              .id();
      UUID run = old.workflows().runs().start(job, "{}").id();
      old.driver().advance(Duration.ofMinutes(5));

      assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.WAITING);
      assertThat(old.view(run).waitingReason()).contains("handler_missing");
      assertThat(old.view(run).stepExecutions())
          .extracting(StepExecution::stepId)
          .containsExactly("s", "h");
      Node young =
          cluster.node(
              "young",
              cluster.opened.store(),
              settings -> settings.handler("new-one", JsonNode.class, (input, step) -> input));
      cluster.clock.advance(Duration.ofSeconds(15));
      young.driver().runDue();

      assertThat(cluster.execution(run).output()).contains("7");
    }
  }
}
