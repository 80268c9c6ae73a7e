package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.definition.Comparison;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.SwitchStep.Case;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StepsTest {

  private final AtomicInteger calls = new AtomicInteger();
  private final Stage stage =
      new Stage(
          builder ->
              builder
                  .handler(
                      "flaky",
                      JsonNode.class,
                      (input, step) -> {
                        if (calls.incrementAndGet() < 3) {
                          throw new StepFailedException("BUSY", "not now");
                        }
                        return step.attempt();
                      })
                  .handler(
                      "broken",
                      JsonNode.class,
                      (input, step) -> {
                        throw new IllegalStateException("no way");
                      }));

  @AfterEach
  void close() {
    stage.close();
  }

  private static Step note(String id, String input) {
    return Step.handler(id, "note").input(input);
  }

  @Test
  void an_id_within_brackets_may_be_quoted_in_any_way() {
    for (String id : List.of("'a'", "\\\"a\\\"", "'\\\\a'")) {
      UUID run =
          stage.run(
              Workflow.of(note("a", "1"), note("b", "\"{{steps[" + id + "].output}}\"")), "{}");
      assertThat(stage.output(run)).as(id).isEqualTo("1");
    }
  }

  @Test
  void steps_run_from_top_to_bottom_and_hand_on_what_they_gave() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.handler("first", "note")
                    .input("{\"order\": {\"id\": 42, \"tags\": [\"a\", \"b\"]}}")
                    .with(StepOptions.none().extract("id", Extract.of("$.order.id"))),
                Step.set("double", "{\"tag\": \"{{steps.first.output.order.tags[1]}}\"}"),
                note(
                    "last",
                    "{\"id\": \"{{context.id}}\", \"text\": \"{{context.id}}-{{context.tag}}-{{trigger.body.who}}\"}")),
            "{\"who\": \"Ann\"}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.output(run)).isEqualTo("{\"id\":42,\"text\":\"42-b-Ann\"}");
    assertThat(stage.steps(run))
        .containsExactly("first:succeeded", "double:succeeded", "last:succeeded");
    assertThat(stage.view(run).triggerInput().text())
        .isEqualTo("{\"body\":{\"who\":\"Ann\"},\"headers\":{},\"query\":{}}");
  }

  @Test
  void a_step_whose_condition_does_not_hold_is_skipped() {
    Condition large = Condition.compare("{{trigger.body.amount}}", Comparison.GREATER_THAN, "100");
    UUID run =
        stage.run(
            Workflow.of(
                note("small", "1").with(StepOptions.none().when(Condition.not(large))),
                note("large", "2").with(StepOptions.none().when(large))),
            "{\"amount\": 250}");

    assertThat(stage.steps(run)).containsExactly("small:skipped", "large:succeeded");
  }

  @Test
  void a_switch_goes_the_first_way_that_holds() {
    Workflow workflow =
        Workflow.of(
            Step.choose(
                    "way",
                    Case.when(
                        Condition.compare("{{trigger.body.to}}", Comparison.EQUALS, "\"a\""),
                        note("a", "\"A\"")),
                    Case.when(Condition.exists("trigger.body.to"), note("b", "\"B\"")))
                .otherwise(note("c", "\"C\"")));

    assertThat(stage.output(stage.run(workflow, "{\"to\": \"a\"}"))).isEqualTo("\"A\"");
    assertThat(stage.output(stage.run(workflow, "{\"to\": \"x\"}"))).isEqualTo("\"B\"");
    assertThat(stage.output(stage.run(workflow, "{}"))).isEqualTo("\"C\"");
  }

  @Test
  void branches_run_side_by_side_and_their_outputs_are_told_by_name() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "both",
                    Branch.of(
                        "left",
                        note("l", "1"),
                        Step.delay("pause", Duration.ofMinutes(5)),
                        note("l2", "11")),
                    Branch.of("right", note("r", "2"))),
                note("after", "\"{{steps.both.output}}\"")),
            "{}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.view(run).waitingReason()).contains("delay");
    assertThat(stage.notes).containsExactlyInAnyOrder("l[]:1", "r[]:2");
    stage.driver.advance(Duration.ofMinutes(5));
    assertThat(stage.output(run)).isEqualTo("{\"left\":11,\"right\":2}");
  }

  @Test
  void for_each_keeps_the_order_of_the_elements_and_goes_on_where_it_was() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.forEach(
                        "each",
                        "{{trigger.body}}",
                        Step.delay("pause", Duration.ofSeconds(10)),
                        note("say", "{\"at\": \"{{index}}\", \"is\": \"{{item.name}}\"}"))
                    .maxConcurrent(2)),
            "[{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}]");

    assertThat(stage.notes).isEmpty();
    stage.driver.advance(Duration.ofSeconds(10));
    assertThat(stage.notes).hasSize(2);
    stage.driver.advance(Duration.ofSeconds(10));
    assertThat(stage.output(run))
        .isEqualTo("[{\"at\":0,\"is\":\"a\"},{\"at\":1,\"is\":\"b\"},{\"at\":2,\"is\":\"c\"}]");
  }

  @Test
  void the_first_branch_that_succeeds_is_enough_for_any() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                        "race",
                        Branch.of("slow", Step.delay("pause", Duration.ofHours(1))),
                        Branch.of("fast", note("f", "1")))
                    .join(Join.any())),
            "{}");

    assertThat(stage.output(run)).isEqualTo("{\"slow\":null,\"fast\":1}");
  }

  @Test
  void a_branch_that_fails_fails_the_step_and_ends_the_others() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "both",
                    Branch.of("slow", Step.delay("pause", Duration.ofHours(1))),
                    Branch.of("bad", Step.handler("b", "broken")))),
            "{}");

    assertThat(stage.failure(run)).isEqualTo("IllegalStateException");
    assertThat(stage.steps(run)).containsExactly("b:failed", "both:failed");
  }

  @Test
  void a_failed_step_is_tried_again_after_a_while_without_a_thread() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.handler("try", "flaky").with(StepOptions.none().retry(StepRetry.attempts(3)))),
            "{}");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    assertThat(stage.view(run).waitingReason()).contains("retry");
    stage.driver.advance(Duration.ofSeconds(1));
    stage.driver.advance(Duration.ofSeconds(2));
    assertThat(stage.output(run)).isEqualTo("3");
    assertThat(stage.steps(run)).containsExactly("try:retrying", "try:retrying", "try:succeeded");
  }

  @Test
  void a_failure_ends_the_run_unless_the_step_says_to_go_on() {
    Step broken = Step.handler("b", "broken");
    assertThat(stage.failure(stage.run(Workflow.of(broken, note("n", "1")), "{}")))
        .isEqualTo("IllegalStateException");
    UUID run =
        stage.run(
            Workflow.of(
                broken.with(StepOptions.none().onError(OnError.CONTINUE)),
                note("n", "\"{{steps.b.status}}: {{steps.b.error.message}}\"")),
            "{}");
    assertThat(stage.output(run)).isEqualTo("\"failed: no way\"");
  }

  @Test
  void a_run_that_failed_is_retried_from_the_step_that_failed() {
    UUID run =
        stage.run(
            Workflow.of(note("before", "1"), Step.handler("try", "flaky"), note("after", "3")),
            "{}");
    assertThat(stage.failure(run)).isEqualTo("BUSY");
    calls.set(5);

    assertThat(stage.workflows.runs().retry(run)).isTrue();
    stage.driver.runDue();

    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.notes).containsExactly("before[]:1", "after[]:3");
    assertThat(stage.workflows.runs().retry(run)).isFalse();
  }

  @Test
  void stop_ends_the_run_wherever_it_stands() {
    UUID well =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "both",
                    Branch.of(
                        "one", Step.succeed("enough").output("{\"why\": \"{{trigger.body}}\"}")),
                    Branch.of("two", Step.delay("d", Duration.ofHours(1)))),
                note("never", "1")),
            "\"so\"");
    UUID badly = stage.run(Workflow.of(Step.fail("no", "not {{trigger.body}}")), "\"ok\"");

    assertThat(stage.output(well)).isEqualTo("{\"why\":\"so\"}");
    assertThat(stage.failure(badly)).isEqualTo("STOPPED");
    assertThat(stage.execution(badly).failure().orElseThrow().message()).isEqualTo("not ok");
    assertThat(stage.notes).isEmpty();
  }

  @Test
  void a_run_may_take_as_long_as_its_workflow_says() {
    UUID run =
        stage.run(
            Workflow.of(Step.delay("d", Duration.ofHours(2))).maxDuration(Duration.ofMinutes(10)),
            "{}");
    stage.driver.advance(Duration.ofMinutes(10));
    assertThat(stage.failure(run)).isEqualTo("WORKFLOW_TIMEOUT");

    UUID patient =
        stage.run(
            Workflow.of(Step.delay("d", Duration.ofHours(2)), note("n", "1"))
                .maxDuration(Duration.ofMinutes(10))
                .withoutCountingWaits(),
            "{}");
    stage.driver.advance(Duration.ofHours(2));
    assertThat(stage.state(patient)).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void what_is_extracted_to_the_job_is_there_for_the_next_run() {
    Workflow workflow =
        Workflow.of(
            Step.handler("say", "note")
                .input(
                    "{\"before\": \"{{job.context.cursor ?? \\\"none\\\"}}\", \"next\": \"{{trigger.body}}\"}")
                .with(StepOptions.none().extractToContext("cursor", Extract.of("$.next"))));

    assertThat(stage.output(stage.run(workflow, "1"))).contains("\"before\":\"none\"");
    assertThat(stage.output(stage.run(workflow, "2"))).contains("\"before\":\"1\"");
    UUID job = stage.trigrun.jobs().findByName("job").orElseThrow().id();
    assertThat(stage.workflows.contexts().get(job))
        .containsExactly(java.util.Map.entry("cursor", "2"));
  }

  @Test
  void another_job_is_run_once_and_waited_for() {
    stage.job("child", Workflow.of(note("c", "\"{{trigger.body.n}}\"")));
    stage.trigrun.jobs().save(io.trigrun.JobSpec.named("plain").handler("plain", "x").build());
    UUID run =
        stage.run(
            Workflow.of(
                Step.runJob("sub", "child").input("{\"n\": 7}"),
                Step.runJob("other", "plain"),
                Step.runJob("missing", "nobody").with(StepOptions.none().onError(OnError.CONTINUE)),
                note("last", "\"{{steps.sub.output}}\"")),
            "{}");

    assertThat(stage.output(run)).isEqualTo("7");
    assertThat(stage.steps(run))
        .isEqualTo(List.of("sub:succeeded", "other:succeeded", "missing:failed", "last:succeeded"));
  }
}
