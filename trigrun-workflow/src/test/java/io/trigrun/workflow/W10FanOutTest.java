package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnEveryStore
@DisplayName("W10: branches and elements side by side, which may wait, and how they are joined")
class W10FanOutTest extends Row {

  W10FanOutTest(TestStore kind) {
    super(kind);
  }

  private static Branch waits(String name) {
    return Branch.of(name, Step.waitForWebhook(name));
  }

  private static Branch fails(String name) {
    return Branch.of(
        name, Step.waitForWebhook(name), note("of-" + name, "\"{{context.nothing}}\""));
  }

  private int answer(UUID run, String step, String json, int... iteration) {
    return stage.post(resumeUrl(run, step, iteration), json).status();
  }

  private List<String> waiting(UUID run) {
    return stage.view(run).waits().stream()
        .map(wait -> wait.stepId() + (wait.iteration().isEmpty() ? "" : wait.iteration()))
        .sorted()
        .toList();
  }

  @Test
  void all_branches_have_to_succeed_and_outputs_stand_under_their_names() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "all", waits("left"), waits("right"), Branch.of("quick", note("n", "3")))),
            "{}");
    answer(run, "right", "2");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    answer(run, "left", "1");

    assertThat(stage.output(run)).isEqualTo("{\"left\":1,\"right\":2,\"quick\":3}");
  }

  @Test
  void any_goes_on_with_the_first_and_gives_up_the_others() {
    UUID run =
        stage.run(
            Workflow.of(Step.parallel("any", waits("left"), waits("right")).join(Join.any())),
            "{}");
    String left = resumeUrl(run, "left");
    answer(run, "right", "2");

    assertThat(stage.output(run)).isEqualTo("{\"left\":null,\"right\":2}");
    assertThat(stage.post(left, "1").status()).isEqualTo(410);
  }

  @Test
  void a_number_of_branches_is_enough_and_a_failure_is_borne_while_that_can_be_reached() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel("two", fails("a"), waits("b"), waits("c"), waits("d"))
                    .join(Join.atLeast(2))),
            "{}");
    answer(run, "a", "1");
    answer(run, "b", "2");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    answer(run, "d", "4");

    assertThat(stage.output(run)).isEqualTo("{\"a\":null,\"b\":2,\"c\":null,\"d\":4}");
  }

  @Test
  void when_it_can_not_be_reached_any_more_the_step_fails_at_once() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel("two", fails("a"), fails("b"), waits("c")).join(Join.atLeast(2))),
            "{}");
    String left = resumeUrl(run, "c");
    answer(run, "a", "1");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    answer(run, "b", "1");

    assertThat(stage.state(run)).isEqualTo(ExecutionState.FAILED);
    assertThat(message(run)).contains("context.nothing");
    assertThat(stage.post(left, "1").status()).isEqualTo(410);
  }

  @Test
  void no_more_elements_than_allowed_are_under_way_and_results_keep_their_order() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.forEach(
                        "each",
                        "{{trigger.body}}",
                        Step.waitForWebhook("w"),
                        note("say", "\"{{index}}:{{item}}:{{steps.w.output}}\""))
                    .maxConcurrent(2)),
            "[\"a\", \"b\", \"c\"]");
    assertThat(waiting(run)).containsExactly("w[0]", "w[1]");
    answer(run, "w", "1", 1);
    assertThat(waiting(run)).containsExactly("w[0]", "w[2]");
    answer(run, "w", "2", 2);
    answer(run, "w", "0", 0);

    assertThat(stage.output(run)).isEqualTo("[\"0:a:0\",\"1:b:1\",\"2:c:2\"]");
  }

  @Test
  void fans_stand_within_fans_and_each_wait_is_one_of_its_own() {
    UUID run =
        stage.run(
            Workflow.of(
                Step.forEach(
                    "rows",
                    "[[1, 2], [3]]",
                    Step.forEach(
                        "cells",
                        "{{item}}",
                        Step.parallel("both", Branch.of("x", Step.waitForWebhook("w")))))),
            "{}");
    assertThat(waiting(run)).containsExactly("w[0, 0]", "w[0, 1]", "w[1, 0]");
    answer(run, "w", "\"c\"", 1, 0);
    answer(run, "w", "\"b\"", 0, 1);
    answer(run, "w", "\"a\"", 0, 0);

    assertThat(stage.output(run)).isEqualTo("[[{\"x\":\"a\"},{\"x\":\"b\"}],[{\"x\":\"c\"}]]");
  }

  @Test
  void no_elements_are_no_work_and_what_is_no_array_fails_the_step() {
    Workflow workflow = Workflow.of(Step.forEach("each", "{{trigger.body}}", note("n", "1")));

    assertThat(stage.output(stage.run(workflow, "[]"))).isEqualTo("[]");
    UUID run = stage.run(workflow, "{\"a\": 1}");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.FAILED);
    assertThat(message(run)).contains("array");
    assertThat(stage.notes).isEmpty();
  }

  @Test
  void a_join_that_can_never_be_reached_is_refused() {
    assertThat(problems(() -> Step.parallel("p", waits("a")).join(Join.atLeast(2))))
        .containsExactly("join: expected at most the number of branches (1), got 2");
    assertThat(problems(() -> Step.parallel("p", waits("a"), waits("a"))))
        .containsExactly("branches: expected each name once, got a twice");
    assertThat(problems(() -> Step.forEach("f", "[1]", note("n", "1")).maxConcurrent(0)))
        .singleElement()
        .asString()
        .startsWith("max_concurrent: expected 1 to 100");
  }
}
