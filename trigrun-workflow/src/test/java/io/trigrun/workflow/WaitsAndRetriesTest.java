package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.OnTimeout;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the model test has found about waits and retries, each in its shortest form. */
class WaitsAndRetriesTest {

  private final AtomicBoolean isBroken = new AtomicBoolean(true);
  private final Stage stage =
      new Stage(
          builder ->
              builder.handler(
                  "fragile",
                  JsonNode.class,
                  (input, step) -> {
                    if (isBroken.getAndSet(false)) {
                      throw new StepFailedException("BUSY", "not now");
                    }
                    return input;
                  }));

  @AfterEach
  void close() {
    stage.close();
  }

  private void retry(UUID run) {
    assertThat(stage.workflows.runs().retry(run)).isTrue();
    stage.driver.runDue();
  }

  @Test
  void a_link_that_was_handed_out_before_a_failure_works_after_the_retry() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.handler("url", "note").input("\"{{waits.paid.resume_url}}\""),
                Step.handler("fails", "fragile"),
                Step.waitForWebhook("paid")),
            "{}");
    String url = stage.notes.get(0).replaceAll("^.*?\"|\"$", "");

    retry(run);

    assertThat(stage.post(url, "12").status()).isEqualTo(200);
    assertThat(stage.output(run)).isEqualTo("12");
  }

  @Test
  void a_link_of_a_wait_that_was_given_up_stays_over() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "both",
                    Branch.of("wait", Step.waitForWebhook("paid")),
                    Branch.of(
                        "fail",
                        Step.delay("later", Duration.ofMinutes(1)),
                        Step.handler("fails", "fragile")))),
            "{}");
    String old = resumeUrl(run);
    stage.driver.advance(Duration.ofMinutes(1));

    retry(run);

    assertThat(stage.post(old, "1").status()).isEqualTo(410);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.post(resumeUrl(run), "2").status()).isEqualTo(200);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  private String resumeUrl(UUID run) {
    return stage.view(run).waits().stream()
        .filter(wait -> wait.stepId().equals("paid"))
        .map(wait -> wait.payload().text().replaceAll("^.*\"(https[^\"]*)\".*$", "$1"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_branch_that_waits_for_its_turn_after_the_retry_has_not_forgotten_how_far_it_was() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                        "race",
                        Branch.of(
                            "first",
                            Step.waitForWebhook("w")
                                .with(StepOptions.none().timeout(Duration.ofMinutes(1)))),
                        Branch.of(
                            "second",
                            Step.handler("before", "note"),
                            Step.handler("fails", "fragile")))
                    .join(Join.any())
                    .maxConcurrent(1)),
            "{}");
    stage.driver.advance(Duration.ofMinutes(1));

    retry(run);
    stage.driver.advance(Duration.ofMinutes(1));

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.notes).hasSize(1);
  }

  @Test
  void an_answer_that_was_turned_away_does_not_end_the_wait_that_a_retry_comes_to() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                        "race",
                        Branch.of(
                            "first",
                            Step.handler("url", "note").input("\"{{waits.paid.resume_url}}\""),
                            Step.handler("fails", "fragile"),
                            Step.waitForWebhook("paid")),
                        Branch.of(
                            "second",
                            Step.delay("d", Duration.ofMinutes(1)),
                            Step.handler("fails-too", "fragile"),
                            Step.delay("rest", Duration.ofHours(1))))
                    .join(Join.any())),
            "{}");
    String url = stage.notes.get(0).replaceAll("^.*?\"|\"$", "");
    assertThat(stage.post(url, "1").status()).isEqualTo(410);
    isBroken.set(true);
    stage.driver.advance(Duration.ofMinutes(1));

    retry(run);

    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.post(url, "2").status()).isEqualTo(200);
    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_vote_of_an_earlier_try_is_none_on_what_is_asked_anew() {
    UUID run =
        stage.run(
            Workflow.of(
                    Step.approval("review", "Ship?")
                        .approvers(2, "ann", "bob")
                        .with(StepOptions.none().timeout(Duration.ofHours(1))))
                .maxDuration(Duration.ofMinutes(90)),
            "{}");
    stage.post(stage.link(run, "approvers", "ann", "approve_url"), "{}");
    stage.driver.advance(Duration.ofHours(1));
    assertThat(stage.workflows.runs().retry(run)).isTrue();
    stage.driver.runDue();
    String anew = stage.link(run, "approvers", "ann", "approve_url");
    stage.trigrun.executions().cancel(run, "no longer");

    assertThat(stage.post(anew, "{}").status()).isEqualTo(410);
  }

  @Test
  void what_time_has_decided_nobody_has() {
    UUID run =
        stage.run(
            Workflow.of(
                    Step.approval("review", "Ship?")
                        .approvers(2, "ann", "bob")
                        .onTimeout(OnTimeout.reject())
                        .continuingOnReject()
                        .with(StepOptions.none().timeout(Duration.ofHours(1))))
                .maxDuration(Duration.ofDays(1)),
            "{}");
    stage.post(
        stage.link(run, "approvers", "ann", "approve_url"),
        "{\"decided_by\": \"Ann\", \"comment\": \"fine\"}");

    stage.driver.advance(Duration.ofHours(1));

    assertThat(stage.output(run))
        .startsWith("{\"decision\":\"rejected\",\"decided_at\":\"2026-03-16T11:00:00Z\",\"votes\":")
        .contains("\"approver\":\"ann\",\"decision\":\"approved\"");
  }

  @Test
  void nobody_has_rejected_what_was_not_asked() {
    stage.run(
        Workflow.of(
            Step.handler("url", "note").input("\"{{waits.review.approve_url}}\""),
            Step.approval("review", "Ship?")
                .with(StepOptions.none().when(Condition.exists("context.none"))),
            Step.delay("later", Duration.ofMinutes(1))),
        "{}");
    String url = stage.notes.get(0).replaceAll("^.*?\"|\"$", "");

    assertThat(stage.post(url, "{}").status()).isEqualTo(410);
  }
}
