package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionState;
import io.trigrun.NotFoundException;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a retry does to waits: {@link WaitsAndRetriesTest}. */
@OnEveryStore
@DisplayName("W16: retry goes on from the steps that failed; cancel ends a run that is parked")
class W16RetryAndCancelTest extends Row {

  /** The inputs that fail. */
  private static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

  W16RetryAndCancelTest(TestStore kind) {
    super(
        kind,
        workflows ->
            workflows.handler(
                "fragile",
                JsonNode.class,
                (input, step) -> {
                  if (BROKEN.contains(input.toString())) {
                    throw new StepFailedException("BROKEN", "not now");
                  }
                  return input;
                }),
        trigrun -> trigrun);
    BROKEN.clear();
  }

  private static Step fragile(String id, String input) {
    return Step.handler(id, "fragile").input(input);
  }

  @Test
  void what_has_succeeded_is_not_run_again() {
    BROKEN.add("2");
    UUID run =
        stage.run(
            Workflow.of(
                note("before", "\"{{trigger.body}}\""),
                fragile("f", "2"),
                note("after", "\"{{steps.before.output}}{{steps.f.output}}\"")),
            "1");
    assertThat(stage.failure(run)).isEqualTo("BROKEN");
    BROKEN.clear();

    assertThat(stage.workflows.runs().retry(run)).isTrue();
    stage.driver.runDue();

    assertThat(stage.notes).containsExactly("before[]:1", "after[]:\"12\"");
    assertThat(stage.state(run)).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(stage.steps(run))
        .containsExactly("before:succeeded", "f:failed", "f:succeeded", "after:succeeded");
    assertThat(stage.view(run).stepExecutions())
        .extracting(StepExecution::attempt)
        .containsExactly(1, 1, 2, 1);
  }

  @Test
  void of_branches_and_elements_only_those_that_failed_or_were_given_up_run_again() {
    BROKEN.add("2");
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                        "both",
                        Branch.of("left", note("l", "1")),
                        Branch.of(
                            "right",
                            Step.forEach(
                                    "each",
                                    "[1, 2, 3]",
                                    note("n", "\"{{item}}\""),
                                    fragile("f", "\"{{item}}\""))
                                .maxConcurrent(1)))
                    .maxConcurrent(1)),
            "{}");
    assertThat(stage.failure(run)).isEqualTo("BROKEN");
    assertThat(stage.notes).containsExactly("l[]:1", "n[0]:1", "n[1]:2");
    BROKEN.clear();
    stage.workflows.runs().retry(run);
    stage.driver.runDue();

    assertThat(stage.output(run)).isEqualTo("{\"left\":1,\"right\":[1,2,3]}");
    assertThat(stage.notes).containsExactly("l[]:1", "n[0]:1", "n[1]:2", "n[2]:3");
  }

  @Test
  void a_run_may_be_retried_as_often_as_it_fails_and_only_then() {
    BROKEN.add("2");
    UUID run = stage.run(Workflow.of(fragile("f", "2")), "{}");
    for (int i = 0; i < 2; i++) {
      assertThat(stage.workflows.runs().retry(run)).isTrue();
      stage.driver.runDue();
      assertThat(stage.failure(run)).isEqualTo("BROKEN");
    }
    BROKEN.clear();
    stage.workflows.runs().retry(run);
    stage.driver.runDue();

    assertThat(stage.workflows.runs().retry(run)).as("succeeded").isFalse();
    UUID parked = stage.run(Workflow.of(Step.waitForWebhook("w")), "{}");
    assertThat(stage.workflows.runs().retry(parked)).as("waits").isFalse();
    stage.trigrun.executions().cancel(parked, "no");
    assertThat(stage.workflows.runs().retry(parked)).as("cancelled").isFalse();
    assertThatThrownBy(() -> stage.workflows.runs().retry(UUID.randomUUID()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> stage.workflows.runs("acme").retry(run))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void a_run_that_took_too_long_gets_its_time_again() {
    UUID run =
        stage.run(
            Workflow.of(Step.waitForWebhook("w"), note("n", "\"{{steps.w.output}}\""))
                .maxDuration(Duration.ofMinutes(10)),
            "{}");
    stage.driver.advance(Duration.ofMinutes(10));
    assertThat(stage.failure(run)).isEqualTo("WORKFLOW_TIMEOUT");

    stage.workflows.runs().retry(run);
    stage.driver.runDue();
    assertThat(stage.state(run)).isEqualTo(ExecutionState.WAITING);
    stage.driver.advance(Duration.ofMinutes(9));
    stage.post(resumeUrl(run, "w"), "5");

    assertThat(stage.output(run)).isEqualTo("5");
  }

  @Test
  void cancelling_a_parked_run_closes_its_waits_and_cancels_its_children_and_theirs() {
    stage.job("grandchild", Workflow.of(Step.waitForWebhook("deep")));
    stage.job("child", Workflow.of(Step.runJob("sub", "grandchild")));
    UUID run =
        stage.run(
            Workflow.of(
                Step.parallel(
                    "all",
                    Branch.of("wait", Step.waitForWebhook("w")),
                    Branch.of("ask", Step.approval("a", "Ship?")),
                    Branch.of("pause", Step.delay("d", Duration.ofMinutes(5)), note("n", "1")),
                    Branch.of("run", Step.runJob("sub", "child")))),
            "{}");
    String resume = resumeUrl(run, "w");
    String approve = waiting(run, "a").path("approve_url").stringValue();
    String review = waiting(run, "a").path("review_url").stringValue();
    UUID child = UUID.fromString(waiting(run, "sub").path("execution_id").stringValue());
    UUID grandchild = UUID.fromString(waiting(child, "sub").path("execution_id").stringValue());
    String deep = resumeUrl(grandchild, "deep");

    assertThat(stage.trigrun.executions().cancel(run, "not needed")).isTrue();
    stage.driver.advance(Duration.ofMinutes(30));

    for (UUID each : new UUID[] {run, child, grandchild}) {
      assertThat(stage.state(each)).isEqualTo(ExecutionState.CANCELLED);
      assertThat(stage.view(each).waits()).isEmpty();
    }
    for (String url : new String[] {resume, approve, deep}) {
      assertThat(stage.post(url, "{}").status()).isEqualTo(410);
    }
    assertThat(stage.call("GET", review, "").status()).isEqualTo(410);
    assertThat(stage.notes).isEmpty();
    assertThat(stage.trigrun.executions().cancel(run, "again")).isFalse();
  }
}
