package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trigrun.ExecutionState;
import io.trigrun.spi.MessageOutlet.ChannelMessage;
import io.trigrun.workflow.definition.Comparison;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.SwitchStep.Case;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEveryStore
@DisplayName("W11: conditions, delays, Java functions, messages and workflows within workflows")
class W11StepTypesTest extends Row {

  /** What a Java function takes, as the host's code has it. */
  record Parcel(String to, int grams) {}

  W11StepTypesTest(TestStore kind) {
    super(
        kind,
        workflows ->
            workflows
                .handler(
                    "ship",
                    Parcel.class,
                    (parcel, step) -> Map.of("label", parcel.to() + "/" + parcel.grams()))
                .handler(
                    "refuse",
                    JsonNode.class,
                    (input, step) -> {
                      throw new StepFailedException("TOO_HEAVY", "expected at most 10 kg");
                    }),
        trigrun -> trigrun);
  }

  @Test
  void a_condition_skips_a_step_and_a_switch_goes_the_first_way_that_holds() {
    Condition large = Condition.compare("{{trigger.body.n}}", Comparison.GREATER_THAN, "100");
    Condition known = Condition.exists("trigger.body.n");
    Workflow workflow =
        Workflow.of(
            note("check", "1").with(PLAIN.when(Condition.all(known, Condition.not(large)))),
            Step.choose(
                    "way",
                    Case.when(large, note("l", "\"large\"")),
                    Case.when(known, note("s", "\"small\"")))
                .otherwise(note("u", "\"unknown\"")));

    UUID run = stage.run(workflow, "{\"n\": 100.5}");
    assertThat(stage.output(run)).isEqualTo("\"large\"");
    assertThat(stage.steps(run)).containsExactly("check:skipped", "l:succeeded", "way:succeeded");
    assertThat(stage.output(stage.run(workflow, "{\"n\": 100}"))).isEqualTo("\"small\"");
    assertThat(stage.output(stage.run(workflow, "{}"))).isEqualTo("\"unknown\"");
  }

  @Test
  void a_delay_parks_the_run_for_a_time_or_until_an_instant() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.delay("d", Duration.ofMinutes(5)),
                Step.delayUntil("until", "{{trigger.body}}"),
                Step.delayUntil("gone", "2020-01-01T00:00:00Z"),
                note("n", "1")),
            "\"2026-03-16T10:25:00Z\"");
    assertThat(stage.view(run).waitingReason()).contains("delay");
    stage.driver.advance(Duration.ofMinutes(5));
    assertThat(stage.view(run).waitingExpiresAt()).contains(Instant.parse("2026-03-16T10:25:00Z"));
    stage.driver.advance(Duration.ofMinutes(20));

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(
            stage.failure(
                stage.run(Workflow.of(Step.delayUntil("d", "{{trigger.body}}")), "\"noon\"")))
        .isNotEqualTo("none");
  }

  @Test
  void a_java_function_gets_what_it_takes_and_says_itself_why_it_fails() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.handler("s", "ship")
                    .input(
                        "{\"to\": \"{{trigger.body.to}}\", \"grams\": \"{{trigger.body.grams}}\"}")),
            "{\"to\": \"Ann\", \"grams\": 250}");
    UUID fails = stage.run(Workflow.of(Step.handler("r", "refuse")), "{}");
    UUID unreadable =
        stage.run(Workflow.of(Step.handler("s", "ship").input("{\"grams\": \"a lot\"}")), "{}");

    assertThat(stage.output(run)).isEqualTo("{\"label\":\"Ann/250\"}");
    assertThat(stage.failure(fails)).isEqualTo("TOO_HEAVY");
    assertThat(stage.state(unreadable)).isEqualTo(ExecutionState.FAILED);
  }

  @Test
  void a_failure_may_be_gone_on_from() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.handler("r", "refuse").with(PLAIN.onError(OnError.CONTINUE)),
                note("n", "\"{{steps.r.status}}: {{steps.r.error.message}}\"")),
            "{}");

    assertThat(stage.output(run)).isEqualTo("\"failed: expected at most 10 kg\"");
  }

  @Test
  void a_message_is_handed_to_a_channel_once_and_a_channel_that_is_missing_is_named() {
    UUID run =
        stage.run(
            Workflow.of(Step.tell("say", "ops", "Order {{trigger.body}}", "It is *done*.")), "7");
    UUID fails = stage.run(Workflow.of(Step.tell("say", "nobody", "Order", "")), "7");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(bulletin.told)
        .extracting(ChannelMessage::executionId, ChannelMessage::title, ChannelMessage::text)
        .containsExactly(tuple(run, "Order 7", "It is *done*."));
    assertThat(stage.failure(fails)).isEqualTo("NO_SUCH_CHANNEL");
    assertThat(message(fails)).contains("nobody");
  }

  @Test
  void a_workflow_runs_another_with_an_input_and_waits_for_what_it_gives() {
    stage.job(
        "child",
        Workflow.of(
            Step.waitForWebhook("w"), note("c", "\"{{trigger.body.n}}/{{steps.w.output}}\"")));
    UUID run =
        stage.run(
            Workflow.of(Step.runJob("sub", "child").input("{\"n\": \"{{trigger.body}}\"}")), "7");
    assertThat(stage.view(run).waitingReason()).contains("workflow");
    UUID child = UUID.fromString(waiting(run, "sub").path("execution_id").stringValue());
    assertThat(stage.execution(child).parentId()).contains(run);
    stage.post(resumeUrl(child, "w"), "8");

    assertThat(stage.output(run)).isEqualTo("\"7/8\"");
    assertThat(stage.output(child)).isEqualTo("\"7/8\"");
  }

  @Test
  void a_child_that_fails_fails_the_step_and_one_that_nobody_waits_for_does_not() {
    stage.job("child", Workflow.of(Step.fail("no", "not today")));
    UUID waits = stage.run(Workflow.of(Step.runJob("sub", "child")), "{}");
    UUID goesOn =
        stage.run(
            Workflow.of(
                Step.runJob("sub", "child").withoutWaiting(),
                note("n", "\"{{steps.sub.output.execution_id}}\"")),
            "{}");
    UUID missing = stage.run(Workflow.of(Step.runJob("sub", "nobody")), "{}");

    assertThat(stage.state(waits)).isEqualTo(ExecutionState.FAILED);
    assertThat(message(waits)).contains("not today");
    assertThat(stage.state(goesOn)).isEqualTo(ExecutionState.SUCCEEDED);
    UUID detached = UUID.fromString(stage.output(goesOn).replace("\"", ""));
    assertThat(stage.failure(detached)).isEqualTo("STOPPED");
    assertThat(message(missing)).contains("nobody");
  }

  @Test
  void stop_ends_the_run_from_within_and_set_puts_values_into_the_context() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.set("s", "{\"a\": [1, \"{{trigger.body}}\"]}"),
                Step.forEach(
                    "each",
                    "{{context.a}}",
                    Step.succeed("enough").output("{\"a\": \"{{context.a}}\"}")),
                note("never", "1")),
            "2");

    assertThat(stage.output(run)).isEqualTo("{\"a\":[1,2]}");
    assertThat(stage.notes).isEqualTo(List.of());
  }
}
