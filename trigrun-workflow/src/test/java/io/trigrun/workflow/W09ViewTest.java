package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEveryStore
@DisplayName("W9: a run shows its steps, what started it, what it waits for and what it gave")
class W09ViewTest extends Row {

  private static final Instant START = Instant.parse("2026-03-16T10:00:00Z");

  W09ViewTest(TestStore kind) {
    super(
        kind,
        workflows ->
            workflows.handler(
                "broken",
                JsonNode.class,
                (input, step) -> {
                  throw new StepFailedException("NO_STOCK", "nothing left of it");
                }),
        trigrun -> trigrun);
  }

  @Test
  void every_attempt_of_every_step_is_shown_in_the_order_they_ended() {
    UUID run =
        stage.run(
            Workflow.of(
                note("good", "{\"a\": 1}"),
                note("left", "1").with(PLAIN.when(Condition.exists("context.nothing"))),
                Step.handler("bad", "broken")
                    .with(PLAIN.retry(StepRetry.attempts(2)).onError(OnError.CONTINUE)),
                Step.forEach("each", "[7]", note("in", "\"{{item}}\""))),
            "{\"id\": 1}");
    assertThat(stage.view(run).stepExecutions())
        .as("between two attempts")
        .extracting(StepExecution::stepId, StepExecution::status, StepExecution::attempt)
        .contains(tuple("bad", "retrying", 1));
    assertThat(stage.view(run).waitingReason()).contains("retry");
    stage.driver.advance(Duration.ofSeconds(2));

    WorkflowRun view = stage.view(run);
    assertThat(view.stepExecutions())
        .extracting(
            StepExecution::stepId,
            StepExecution::iteration,
            StepExecution::type,
            StepExecution::status,
            StepExecution::attempt)
        .containsExactly(
            tuple("good", List.of(), "handler", "succeeded", 1),
            tuple("left", List.of(), "handler", "skipped", 1),
            tuple("bad", List.of(), "handler", "retrying", 1),
            tuple("bad", List.of(), "handler", "failed", 2),
            tuple("in", List.of(0), "handler", "succeeded", 1),
            tuple("each", List.of(), "foreach", "succeeded", 1));
    StepExecution good = view.stepExecutions().get(0);
    assertThat(good.output().orElseThrow().text()).isEqualTo("{\"a\":1}");
    assertThat(good.startedAt()).isEqualTo(START);
    assertThat(good.finishedAt()).contains(START);
    assertThat(view.stepExecutions().get(3).error())
        .hasValueSatisfying(
            error -> {
              assertThat(error.errorClass()).isEqualTo("NO_STOCK");
              assertThat(error.message()).isEqualTo("nothing left of it");
            });
    assertThat(view.triggerInput().text())
        .isEqualTo("{\"body\":{\"id\":1},\"headers\":{},\"query\":{}}");
    assertThat(view.finalOutput().orElseThrow().text()).isEqualTo("[7]");
    assertThat(view.waits()).isEmpty();
  }

  @Test
  void of_several_waits_the_one_that_ends_first_is_told_and_all_are_listed() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "all",
                    Branch.of(
                        "slow",
                        Step.waitForWebhook("w").with(PLAIN.timeout(Duration.ofMinutes(9)))),
                    Branch.of(
                        "fast", Step.approval("a", "?").with(PLAIN.timeout(Duration.ofMinutes(5)))),
                    Branch.of("pause", Step.delay("d", Duration.ofMinutes(7))))),
            "{}");

    WorkflowRun view = stage.view(run);
    assertThat(view.waits())
        .extracting(OpenWait::stepId, OpenWait::reason, wait -> wait.expiresAt().orElseThrow())
        .containsExactlyInAnyOrder(
            tuple("w", "wait_for_webhook", START.plusSeconds(540)),
            tuple("a", "approval", START.plusSeconds(300)),
            tuple("d", "delay", START.plusSeconds(420)));
    assertThat(view.waitingReason()).contains("approval");
    assertThat(view.waitingExpiresAt()).contains(START.plusSeconds(300));
    assertThat(view.waitingPayload().orElseThrow().text()).contains("review_url");
    assertThat(view.finalOutput()).isEmpty();
    assertThat(view.stepExecutions())
        .extracting(StepExecution::stepId, StepExecution::status)
        .contains(tuple("w", "waiting"), tuple("a", "waiting"), tuple("all", "running"));
    assertThat(view.toString()).as("addresses are credentials").doesNotContain(Stage.URL);
  }

  @Test
  void a_run_that_has_failed_gave_nothing() {
    UUID run = stage.run(Workflow.of(note("n", "1"), Step.fail("no", "not today")), "{}");

    assertThat(stage.view(run).finalOutput()).isEmpty();
    assertThat(stage.view(run).execution().failure().orElseThrow().message())
        .isEqualTo("not today");
  }

  @Test
  void what_is_no_run_of_a_workflow_of_this_workspace_is_not_shown() {
    UUID run = stage.run(Workflow.of(note("n", "1")), "{}");
    UUID plain =
        stage
            .trigrun
            .jobs()
            .runNow(
                stage
                    .trigrun
                    .jobs()
                    .save(JobSpec.named("plain").handler("plain", "x").build())
                    .id())
            .id();
    stage.driver.runDue();

    assertThat(stage.trigrun.executions().find(plain).orElseThrow().state())
        .isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.workflows.runs().find(plain)).isEmpty();
    assertThat(stage.workflows.runs().find(UUID.randomUUID())).isEmpty();
    assertThat(stage.workflows.runs("acme").find(run)).isEmpty();
    assertThat(stage.workflows.runs().find(run)).isPresent();
  }
}
