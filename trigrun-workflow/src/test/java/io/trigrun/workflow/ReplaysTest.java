package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("W2, W15: a run is replayed with what it was given, by the workflow of the moment")
class ReplaysTest {

  private static final Step SAY = Step.succeed("say").output("\"{{trigger.body.n}}\"");

  private final Cluster cluster;
  private final Node node;

  ReplaysTest(TestStore kind) {
    cluster = new Cluster(kind);
    node = cluster.node("one");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Job save(String name, Step... steps) {
    return node.trigrun()
        .jobs()
        .save(JobSpec.named(name).action(Workflow.of(steps)).maxConcurrentExecutions(0).build());
  }

  private Execution start(Job job) {
    UUID run = node.workflows().runs().start(job.id(), "{\"n\": 7.10}").id();
    node.driver().runDue();
    return cluster.execution(run);
  }

  private Execution replay(Execution run) {
    UUID again = node.trigrun().executions().replay(run.id()).id();
    node.driver().runDue();
    return cluster.execution(again);
  }

  @Test
  void with_the_same_input() {
    Execution run = start(save("job", SAY));
    Execution again = replay(run);

    assertThat(again.replayOf()).contains(run.id());
    assertThat(again.output()).contains("7.10").isEqualTo(run.output());
    assertThat(node.view(again.id()).triggerInput()).isEqualTo(node.view(run.id()).triggerInput());
    assertThat(replay(again).output()).as("a replay of the replay").contains("7.10");
  }

  @Test
  void by_the_workflow_as_it_is_now() {
    Job job = save("job", Step.fail("no", "a mistake"));
    Execution run = start(job);
    node.trigrun().jobs().update(job.id(), JobSpec.named("job").action(Workflow.of(SAY)).build());

    assertThat(run.state()).isEqualTo(ExecutionState.FAILED);
    assertThat(replay(run).output()).contains("7.10");
    assertThat(node.workflows().runs().retry(run.id())).isTrue();
    node.driver().runDue();
    assertThat(cluster.execution(run.id()).state())
        .as("a retry keeps the workflow")
        .isEqualTo(ExecutionState.FAILED);
  }

  @Test
  void from_the_first_step_whatever_had_succeeded() {
    Execution run = start(save("job", Step.set("s", "{\"n\": 1}"), SAY));
    Execution again = replay(run);

    assertThat(node.view(again.id()).stepExecutions())
        .extracting(StepExecution::stepId)
        .containsExactly("s", "say");
  }

  @Test
  void without_an_input_if_it_was_given_none() {
    Job job = save("job", Step.succeed("say").output("\"{{trigger.body}}\""));
    UUID run = node.trigrun().jobs().runNow(job.id()).id();
    node.driver().runDue();

    assertThat(replay(cluster.execution(run)).output()).contains("null");
  }

  @Test
  void a_run_of_another_is_nobodys_child_when_it_is_replayed() {
    Job child = save("child", SAY);
    Execution parent =
        start(save("parent", Step.runJob("sub", "child").input("{\"n\": \"{{trigger.body.n}}\"}")));
    Execution sub =
        node.trigrun()
            .executions()
            .list(node.trigrun().executions().query().job(child.id()))
            .items()
            .get(0);
    Execution again = replay(sub);

    assertThat(again.output()).contains("7.10");
    assertThat(cluster.execution(parent.id())).isEqualTo(parent);
  }

  @Test
  void by_a_node_that_knows_workflows() {
    Execution run = start(save("job", SAY));
    try (TrigRun other =
        TrigRun.builder().store(cluster.opened.store()).clock(cluster.clock).build()) {
      assertThatThrownBy(() -> other.executions().replay(run.id()))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("expected a node that has the handler trigrun.workflow");
    }
  }
}
