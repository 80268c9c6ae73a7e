package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.QueueBacklog;
import io.trigrun.TrigRun;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs that more than one node has to do with. */
@OnEveryStore
@DisplayName("W12, W15, W16: runs go from node to node")
class NodesTest {

  private final Cluster cluster;
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<TrigRun> started = new ArrayList<>();

  NodesTest(TestStore kind) {
    cluster = new Cluster(kind);
  }

  @AfterEach
  void close() {
    started.forEach(TrigRun::close);
    cluster.close();
  }

  private Node node(String name, StepHandler<JsonNode> handler) {
    return cluster.node(
        name,
        cluster.opened.store(),
        settings ->
            settings.handler(
                "work",
                JsonNode.class,
                (input, step) -> {
                  calls.add(name + ":" + step.stepId() + "#" + step.attempt());
                  return handler.handle(input, step);
                }));
  }

  private static UUID start(Node node, Step... steps) {
    return start(node.trigrun(), node.workflows(), steps);
  }

  private static UUID start(TrigRun trigrun, Workflows workflows, Step... steps) {
    UUID job =
        trigrun
            .jobs()
            .save(
                JobSpec.named("job").action(Workflow.of(steps)).maxConcurrentExecutions(0).build())
            .id();
    return workflows.runs().start(job, "{}").id();
  }

  private static Step work(String id) {
    return Step.handler(id, "work").input("\"" + id + "\"");
  }

  @Test
  void a_step_without_its_handler_waits_for_a_node_that_has_it() {
    Node old = cluster.node("old", cluster.opened.store(), UnaryOperator.identity());
    UUID run = start(old, Step.set("s", "{}"), work("a"));
    old.driver().runDue();
    assertThat(old.view(run).waitingReason()).contains("handler_missing");
    assertThat(old.view(run).waits().get(0).payload().text()).isEqualTo("{\"handler\":\"work\"}");
    Node young = node("young", (input, step) -> input);
    young.driver().runDue();

    assertThat(calls).containsExactly("young:a#1");
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_node_without_the_handler_does_not_take_the_run_again_and_again() {
    WatchedStore watched = new WatchedStore(cluster.opened.store());
    Node old = cluster.node("old", watched.store(), UnaryOperator.identity());
    UUID run = start(old, work("a"));
    for (int minute = 0; minute < 10; minute++) {
      old.driver().runDue();
      cluster.clock.advance(Duration.ofMinutes(1));
    }

    assertThat(watched.claimed).containsOnlyOnce(run);
    assertThat(due()).as("a node with the handler has something to do").isEqualTo(1);
    node("young", (input, step) -> input).driver().runDue();
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(due()).isZero();
  }

  @Test
  void a_node_without_the_handler_that_was_faster_leaves_the_others_a_start() {
    Node old = cluster.node("old", cluster.opened.store(), UnaryOperator.identity());
    UUID run = start(old, work("a"));
    old.driver().runDue();
    WatchedStore watched = new WatchedStore(cluster.opened.store());
    Node young =
        cluster.node(
            "young",
            watched.store(),
            settings -> settings.handler("work", JsonNode.class, (input, step) -> input));
    watched.afterWakeUps.add(() -> old.driver().runDue());
    young.driver().runDue();
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.WAITING);
    cluster.clock.advance(Duration.ofSeconds(1));
    young.driver().runDue();

    assertThat(watched.afterWakeUps).isEmpty();
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_run_that_ends_without_the_handler_waits_for_nobody_any_more() {
    Node old = cluster.node("old", cluster.opened.store(), UnaryOperator.identity());
    UUID cancelled = start(old, work("a"));
    old.driver().runDue();
    old.trigrun().executions().cancel(cancelled, "not needed");
    UUID late = old.workflows().runs().start(jobOf(cancelled), "{}").id();
    old.driver().runDue();
    assertThat(due()).isEqualTo(1);
    old.driver().advance(Duration.ofMinutes(30));

    assertThat(cluster.execution(late).state()).isEqualTo(ExecutionState.FAILED);
    assertThat(due()).isZero();
    assertThat(old.workflows().runs().retry(late)).isTrue();
    old.driver().runDue();
    node("young", (input, step) -> input).driver().runDue();
    assertThat(cluster.execution(late).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  private UUID jobOf(UUID run) {
    return cluster.execution(run).jobId().orElseThrow();
  }

  private int due() {
    return cluster
        .opened
        .store()
        .backlog(List.of("workflows"), cluster.clock.instant(), 100)
        .stream()
        .mapToInt(QueueBacklog::due)
        .sum();
  }

  @Test
  void a_node_that_was_away_for_too_long_writes_nothing() {
    Node second = node("second", (input, step) -> "\"second\"");
    Node first =
        node(
            "first",
            (input, step) -> {
              cluster.clock.advance(Cluster.TURN);
              second.driver().runDue();
              return "\"first\"";
            });
    UUID run = start(first, work("a"), work("b"));
    first.driver().runDue();

    assertThat(calls).containsExactly("first:a#1", "second:a#2", "second:b#1");
    assertThat(cluster.execution(run).output().orElseThrow()).contains("second");
    assertThat(cluster.ends(run)).containsEntry("a:succeeded", 1).containsEntry("b:succeeded", 1);
  }

  @Test
  void a_run_keeps_the_definition_that_it_began_with() {
    Node node = node("one", (input, step) -> input);
    UUID run = start(node, Step.delay("d", Duration.ofMinutes(5)), work("a"));
    node.driver().runDue();
    UUID later = start(node, work("b"));
    node.driver().advance(Duration.ofMinutes(5));

    assertThat(cluster.execution(run).output()).contains("\"a\"");
    assertThat(cluster.execution(later).output()).contains("\"b\"");
  }

  @Test
  void a_node_that_stops_hands_its_run_over() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Workflows first = workflows((input, step) -> blocked(entered, interrupted));
    CountDownLatch done = new CountDownLatch(1);
    Workflows second =
        workflows(
            (input, step) -> {
              done.countDown();
              return input;
            });
    TrigRun one = live("one", first);
    UUID run = start(one, first, Step.set("s", "{\"x\": 1}"), work("a"));
    one.start();
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    one.stop(Duration.ZERO);
    TrigRun two = live("two", second);
    two.start();

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    two.stop(Duration.ofSeconds(30));
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(cluster.ends(run)).containsEntry("s:succeeded", 1).containsEntry("a:succeeded", 1);
  }

  @Test
  void cancelling_a_run_interrupts_its_handler() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Workflows workflows = workflows((input, step) -> blocked(entered, interrupted));
    TrigRun node = live("one", workflows);
    UUID run = start(node, workflows, work("a"), work("b"));
    node.start();
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(node.executions().cancel(run, "not needed")).isTrue();

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    node.stop(Duration.ofSeconds(30));
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.CANCELLED);
    assertThat(cluster.ends(run)).isEmpty();
  }

  private static Object blocked(CountDownLatch entered, CountDownLatch interrupted)
      throws InterruptedException {
    entered.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } finally {
      interrupted.countDown();
    }
  }

  private static Workflows workflows(StepHandler<JsonNode> handler) {
    return Workflows.builder().handler("work", JsonNode.class, handler).build();
  }

  private TrigRun live(String name, Workflows workflows) {
    TrigRun node =
        TrigRun.builder()
            .store(cluster.opened.store())
            .node(name)
            .pollInterval(Duration.ofMillis(50))
            .extension(workflows)
            .build();
    started.add(node);
    return node;
  }
}
