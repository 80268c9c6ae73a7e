package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.QueueBacklog;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OnMemoryAndH2
@DisplayName("W16: what a cancelled run has started is cancelled, however late it was")
class CancelRaceTest {

  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final WatchedStore slow;
  private final Node host;
  private final Node worker;

  CancelRaceTest(TestStore kind) {
    cluster = new Cluster(kind);
    slow = new WatchedStore(cluster.opened.store());
    host = cluster.node("host", slow.store(), UnaryOperator.identity());
    worker = cluster.node("worker");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private UUID save(String name, Step... steps) {
    return host.trigrun()
        .jobs()
        .save(JobSpec.named(name).action(Workflow.of(steps)).maxConcurrentExecutions(0).build())
        .id();
  }

  private UUID start(UUID job) {
    UUID run = host.workflows().runs().start(job, "{}").id();
    worker.driver().runDue();
    return run;
  }

  private Execution runOf(UUID job) {
    return host.trigrun()
        .executions()
        .list(host.trigrun().executions().query().job(job))
        .items()
        .get(0);
  }

  private void theWorkerGoesOn() {
    cluster.clock.advance(A_WHILE);
    worker.driver().runDue();
  }

  @Test
  void a_run_that_is_started_while_its_parent_is_cancelled_is_cancelled_too() {
    UUID child = save("child", Step.waitForWebhook("w"));
    UUID run = start(save("parent", Step.delay("d", A_WHILE), Step.runJob("sub", "child")));
    slow.beforeCancellations.add(this::theWorkerGoesOn);
    assertThat(host.trigrun().executions().cancel(run, "enough")).isTrue();
    worker.driver().runDue();

    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.CANCELLED);
    assertThat(runOf(child).state()).isEqualTo(ExecutionState.CANCELLED);
  }

  @Test
  void so_is_what_that_run_starts_while_it_is_cancelled_itself() {
    UUID grandchild = save("grandchild", Step.waitForWebhook("w"));
    UUID child = save("child", Step.delay("d", A_WHILE), Step.runJob("sub", "grandchild"));
    UUID run = start(save("parent", Step.delay("d", A_WHILE), Step.runJob("sub", "child")));
    slow.beforeCancellations.add(this::theWorkerGoesOn);
    slow.beforeCancellations.add(this::theWorkerGoesOn);
    assertThat(host.trigrun().executions().cancel(run, "enough")).isTrue();
    host.driver().runDue();

    assertThat(slow.beforeCancellations).isEmpty();
    assertThat(runOf(child).state()).isEqualTo(ExecutionState.CANCELLED);
    assertThat(runOf(grandchild).state()).isEqualTo(ExecutionState.CANCELLED);
  }

  @Test
  void a_run_that_was_faster_than_its_cancellation_keeps_what_it_has_done() {
    UUID child = save("child", Step.set("s", "{}"));
    UUID run = start(save("parent", Step.delay("d", A_WHILE), Step.runJob("sub", "child")));
    slow.beforeCancellations.add(this::theWorkerGoesOn);
    assertThat(host.trigrun().executions().cancel(run, "enough")).isFalse();
    worker.driver().runDue();

    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(runOf(child).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(cluster.opened.store().backlog(List.of("workflows"), cluster.clock.instant(), 9))
        .extracting(QueueBacklog::due)
        .containsOnly(0);
  }
}
