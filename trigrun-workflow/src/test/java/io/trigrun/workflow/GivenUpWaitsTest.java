package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnMemoryAndH2
@DisplayName(
    "W10, W13: an answer and the end of its branch: one of both wins, and nobody is told else")
class GivenUpWaitsTest {

  private final Cluster cluster;
  private final Node node;
  private final List<String> urls = new ArrayList<>();
  private final List<Integer> answers = new ArrayList<>();
  private Runnable whileTheOtherBranchRuns = () -> {};

  GivenUpWaitsTest(TestStore kind) {
    cluster = new Cluster(kind);
    node =
        cluster.node(
            "one",
            cluster.opened.store(),
            settings ->
                settings.handler(
                    "work",
                    JsonNode.class,
                    (input, step) -> {
                      if (step.stepId().equals("win")) {
                        whileTheOtherBranchRuns.run();
                      } else {
                        urls.add(input.stringValue());
                      }
                      return input;
                    }));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /** The first of two branches is enough, and the other one waits. */
  private UUID start(Step wait, String link, Step... after) {
    List<Step> steps =
        new ArrayList<>(
            List.of(
                Step.handler("tell", "work").input("\"{{waits.w." + link + "}}\""),
                Step.parallel(
                        "race",
                        Branch.of("works", Step.handler("win", "work").input("1")),
                        Branch.of("waits", wait))
                    .join(Join.any())));
    steps.addAll(List.of(after));
    UUID job =
        node.trigrun()
            .jobs()
            .save(
                JobSpec.named("job")
                    .action(Workflow.of(steps.toArray(Step[]::new)))
                    .maxConcurrentExecutions(0)
                    .build())
            .id();
    UUID run = node.workflows().runs().start(job, "{}").id();
    node.driver().runDue();
    return run;
  }

  private void answer(String json) {
    answers.add(node.post(urls.get(0), json).status());
  }

  private List<String> steps(UUID run) {
    return node.view(run).stepExecutions().stream()
        .map(step -> step.stepId() + ":" + step.status())
        .toList();
  }

  @Test
  void an_answer_that_comes_before_is_on_record_though_the_branch_is_given_up() {
    whileTheOtherBranchRuns = () -> answer("\"in time\"");
    UUID run = start(Step.waitForWebhook("w"), "resume_url", Step.delay("d", Cluster.TURN));

    assertThat(answers).containsExactly(200);
    assertThat(steps(run)).contains("race:succeeded", "w:succeeded");
    assertThat(node.view(run).stepExecutions())
        .filteredOn(step -> step.stepId().equals("w"))
        .singleElement()
        .satisfies(step -> assertThat(step.output().orElseThrow().text()).contains("in time"));
    answer("\"in time\"");
    answer("\"too late\"");
    assertThat(answers).containsExactly(200, 200, 409);
    assertThat(cluster.opened.store().wakeUps(run)).isEmpty();
  }

  @Test
  void so_it_is_if_the_run_ends_with_that() {
    whileTheOtherBranchRuns = () -> answer("\"in time\"");
    UUID run = start(Step.waitForWebhook("w"), "resume_url");

    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(answers).containsExactly(200);
    assertThat(steps(run)).contains("w:succeeded");
  }

  @Test
  void a_decision_that_comes_before_is_on_record() {
    whileTheOtherBranchRuns = () -> answer("{\"comment\": \"fine\"}");
    UUID run = start(Step.approval("w", "?"), "approve_url", Step.delay("d", Cluster.TURN));

    assertThat(answers).containsExactly(200);
    assertThat(steps(run)).contains("w:succeeded");
  }

  @Test
  void an_answer_that_comes_after_is_told_that_it_is_over() {
    UUID run = start(Step.waitForWebhook("w"), "resume_url", Step.delay("d", Cluster.TURN));
    answer("1");
    node.driver().advance(Cluster.TURN);
    answer("1");

    assertThat(answers).containsExactly(410, 410);
    assertThat(steps(run)).contains("race:succeeded").noneMatch(step -> step.startsWith("w:"));
    assertThat(cluster.opened.store().wakeUps(run)).isEmpty();
  }
}
