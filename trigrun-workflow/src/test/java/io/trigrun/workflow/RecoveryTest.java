package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deaths at chosen places, and what runs make of them. */
@OnMemoryAndH2
@DisplayName("W12, W16: what a run does after a death, a failure and a retry")
class RecoveryTest {

  private final Cluster cluster;

  /** {@code id#attempt} of every call of a handler. */
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /** The next call of a handler kills its node. */
  private volatile Runnable kill = () -> {};

  private volatile boolean works;

  RecoveryTest(TestStore kind) {
    cluster = new Cluster(kind);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Node node(String name, JobStore store) {
    return cluster.node(
        name,
        store,
        settings ->
            settings
                .handler(
                    "work",
                    JsonNode.class,
                    (input, step) -> {
                      calls.add(step.stepId() + "#" + step.attempt());
                      kill.run();
                      return input;
                    })
                .handler(
                    "later",
                    JsonNode.class,
                    (input, step) -> {
                      calls.add(step.stepId() + "#" + step.attempt());
                      kill.run();
                      if (!works) {
                        throw new StepFailedException("BUSY", "not now");
                      }
                      return input;
                    }));
  }

  private UUID start(Node node, Workflow workflow, String input) {
    UUID job =
        node.trigrun()
            .jobs()
            .save(JobSpec.named("job").action(workflow).maxConcurrentExecutions(0).build())
            .id();
    return node.workflows().runs().start(job, input).id();
  }

  /** Runs what is due on nodes that die within a handler, so many of them, then on one more. */
  private Node dieWithin(int deaths) {
    for (int i = 0; i < deaths; i++) {
      MortalStore death = new MortalStore(cluster.opened.store(), Integer.MAX_VALUE, false);
      Node mortal = node("mortal" + i, death.store());
      kill = death::kill;
      try {
        mortal.driver().runDue();
      } catch (StoreException e) {
        assertThat(death.isDead()).isTrue();
      }
      cluster.clock.advance(Cluster.TURN);
    }
    kill = () -> {};
    Node survivor = node("survivor", cluster.opened.store());
    survivor.driver().runDue();
    return survivor;
  }

  private static Step work(String id) {
    return Step.handler(id, "work").input("\"" + id + "\"");
  }

  @Test
  void attempts_are_counted_over_several_deaths() {
    UUID run = start(node("first", cluster.opened.store()), Workflow.of(work("a")), "{}");
    dieWithin(3);

    assertThat(calls).containsExactly("a#1", "a#2", "a#3", "a#4");
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void so_are_those_of_a_later_step() {
    UUID run =
        start(
            node("first", cluster.opened.store()),
            Workflow.of(Step.set("s", "{\"x\": 1}"), work("a"), work("b")),
            "{}");
    dieWithin(2);

    assertThat(calls).containsExactly("a#1", "a#2", "a#3", "b#1");
    assertThat(cluster.ends(run)).containsEntry("a:succeeded", 1);
  }

  @Test
  void a_step_that_must_not_be_repeated_is_not_even_if_it_is_the_first() {
    Step once = work("a").with(StepOptions.none().onCrash(OnCrash.FAIL));
    UUID run = start(node("first", cluster.opened.store()), Workflow.of(once), "{}");
    Node survivor = dieWithin(1);

    assertThat(calls).containsExactly("a#1");
    assertThat(cluster.execution(run).failure().orElseThrow().errorClass()).isEqualTo("NODE_LOST");
    assertThat(survivor.view(run).stepExecutions())
        .extracting(StepExecution::attempt)
        .containsExactly(1);
  }

  @Test
  void nor_is_its_second_attempt() {
    Step once =
        Step.handler("a", "later")
            .with(StepOptions.none().retry(StepRetry.attempts(3)).onCrash(OnCrash.FAIL));
    Node first = node("first", cluster.opened.store());
    UUID run = start(first, Workflow.of(once), "{}");
    first.driver().runDue();
    assertThat(calls).containsExactly("a#1");
    cluster.clock.advance(Duration.ofSeconds(10));

    MortalStore death = new MortalStore(cluster.opened.store(), Integer.MAX_VALUE, false);
    Node mortal =
        cluster.node(
            "mortal",
            death.store(),
            settings ->
                settings.handler(
                    "later",
                    JsonNode.class,
                    (input, step) -> {
                      calls.add(step.stepId() + "#" + step.attempt());
                      return death.kill();
                    }));
    try {
      mortal.driver().runDue();
    } catch (StoreException e) {
      assertThat(death.isDead()).isTrue();
    }
    cluster.clock.advance(Cluster.TURN);
    first.driver().runDue();

    assertThat(calls).containsExactly("a#1", "a#2");
    assertThat(cluster.execution(run).failure().orElseThrow().errorClass()).isEqualTo("NODE_LOST");
  }

  @Test
  void elements_that_wait_for_their_turn_after_a_retry_keep_how_far_they_have_come() {
    Node node = node("first", cluster.opened.store());
    UUID run =
        start(
            node,
            Workflow.of(
                Step.forEach("each", "[1, 2, 3]", work("a"), Step.handler("b", "later"))
                    .join(Join.any())
                    .maxConcurrent(1)),
            "{}");
    node.driver().runDue();
    assertThat(calls).containsExactly("a#1", "b#1", "a#1", "b#1", "a#1", "b#1");

    node.workflows().runs().retry(run);
    MortalStore death = new MortalStore(cluster.opened.store(), Integer.MAX_VALUE, false);
    Node mortal = node("mortal", death.store());
    kill =
        () -> {
          if (calls.size() == 8) {
            death.kill();
          }
        };
    try {
      mortal.driver().runDue();
    } catch (StoreException e) {
      assertThat(death.isDead()).isTrue();
    }
    works = true;
    cluster.clock.advance(Cluster.TURN);
    node.driver().runDue();

    assertThat(calls).filteredOn(call -> call.startsWith("a")).hasSize(3);
    assertThat(calls.subList(6, calls.size())).containsExactly("b#2", "b#2", "b#3");
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_retried_step_goes_on_counting_its_attempts() {
    Node node = node("first", cluster.opened.store());
    UUID run = start(node, Workflow.of(work("a"), Step.handler("b", "later")), "{}");
    node.driver().runDue();
    works = true;
    node.workflows().runs().retry(run);
    node.driver().runDue();

    assertThat(calls).containsExactly("a#1", "b#1", "b#2");
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_failure_is_one_although_the_node_died_before_it_could_say_so() {
    for (int call = 1; call < 30; call++) {
      calls.clear();
      MortalStore death = new MortalStore(cluster.opened.store(), call, true);
      Node mortal = node("mortal" + call, death.store());
      UUID run =
          start(
              node("other" + call, cluster.opened.store()),
              Workflow.of(
                  work("a").with(StepOptions.none().extractToContext("a", Extract.of("$"))),
                  Step.fail("no", "enough")),
              "{}");
      try {
        mortal.driver().runDue();
      } catch (StoreException e) {
        assertThat(death.isDead()).isTrue();
      }
      cluster.clock.advance(Cluster.TURN);
      Node survivor = node("survivor" + call, cluster.opened.store());
      survivor.driver().runDue();

      assertThat(cluster.execution(run).failure().orElseThrow().errorClass()).isEqualTo("STOPPED");
      assertThat(cluster.ends(run))
          .containsEntry("a:succeeded", 1)
          .containsEntry("no:succeeded", 1);
      assertThat(cluster.opened.store().attempts(run)).hasSize(1);
      if (!death.isDead()) {
        return;
      }
    }
  }

  @Test
  void what_a_step_leaves_for_the_job_is_there_for_the_next_step() {
    Node node = node("first", cluster.opened.store());
    UUID run =
        start(
            node,
            Workflow.of(
                work("a").with(StepOptions.none().extractToContext("a", Extract.of("$"))),
                Step.succeed("end").output("{\"a\": \"{{job.context.a}}\"}")),
            "{}");
    node.driver().runDue();

    assertThat(cluster.execution(run).output()).contains("{\"a\":\"a\"}");
  }

  @Test
  void a_job_that_is_deleted_while_its_run_works_does_not_hold_that_up() {
    Node node = node("first", cluster.opened.store());
    UUID run =
        start(
            node,
            Workflow.of(work("a").with(StepOptions.none().extractToContext("a", Extract.of("$")))),
            "{}");
    kill =
        () -> {
          UUID job = cluster.execution(run).jobId().orElseThrow();
          node.trigrun().jobs().delete(job);
        };
    node.driver().runDue();

    assertThat(cluster.execution(run).state().isFinal()).isTrue();
  }

  @Test
  void a_run_that_has_come_to_keep_too_much_fails_and_says_so() {
    Node node = node("first", cluster.opened.store());
    String large = "\"" + "x".repeat(200_000) + "\"";
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      steps.add(Step.handler("s" + i, "work").input("\"{{trigger.body}}\""));
    }
    steps.add(
        work("end")
            .with(
                StepOptions.none()
                    .when(
                        Condition.all(
                            Condition.exists("steps.s0.output"),
                                Condition.exists("steps.s1.output"),
                            Condition.exists("steps.s2.output"),
                                Condition.exists("steps.s3.output"),
                            Condition.exists("steps.s4.output"),
                                Condition.exists("steps.s5.output")))));
    UUID run = start(node, Workflow.of(steps.toArray(Step[]::new)), large);
    node.driver().runDue();

    assertThat(cluster.execution(run).failure().orElseThrow().errorClass())
        .isEqualTo("RUN_TOO_LARGE");
    assertThat(node.view(run).stepExecutions()).hasSizeBetween(3, 5);
    assertThat(node.workflows().runs().retry(run)).isTrue();
    node.driver().runDue();
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.FAILED);
  }

  @Test
  void a_workflow_that_runs_itself_comes_to_an_end() {
    Node node = node("first", cluster.opened.store());
    UUID run =
        start(
            node,
            Workflow.of(
                Step.runJob("again", "job").with(StepOptions.none().onError(OnError.CONTINUE)),
                work("a")),
            "{}");
    node.driver().runDue();

    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(node.trigrun().executions().list(node.trigrun().executions().query()).items())
        .filteredOn(each -> each.handler().equals(Workflow.HANDLER))
        .hasSize(11);
  }

  @Test
  void giving_up_a_run_gives_up_those_that_it_waits_for() {
    Node node = node("first", cluster.opened.store());
    job(node, "leaf", Workflow.of(Step.delay("d", Duration.ofMinutes(20))));
    job(node, "middle", Workflow.of(Step.runJob("sub", "leaf")));
    UUID run =
        start(
            node,
            Workflow.of(
                Step.runJob("sub", "middle")
                    .with(
                        StepOptions.none()
                            .timeout(Duration.ofMinutes(1))
                            .onError(OnError.CONTINUE))),
            "{}");
    node.driver().runDue();
    node.driver().advance(Duration.ofMinutes(2));

    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(node.trigrun().executions().list(node.trigrun().executions().query()).items())
        .filteredOn(each -> each.handler().equals(Workflow.HANDLER))
        .extracting(Execution::state)
        .containsExactlyInAnyOrder(
            ExecutionState.SUCCEEDED, ExecutionState.CANCELLED, ExecutionState.CANCELLED);
  }

  private static void job(Node node, String name, Workflow workflow) {
    node.trigrun()
        .jobs()
        .save(JobSpec.named(name).action(workflow).maxConcurrentExecutions(0).build());
  }

  @Test
  void who_answers_a_wait_that_the_run_has_passed_is_told_so() {
    Node node = node("first", cluster.opened.store());
    UUID run =
        start(
            node,
            Workflow.of(
                Step.parallel(
                        "race",
                        Branch.of("loses", Step.waitForWebhook("w")),
                        Branch.of("wins", Step.delay("d", Duration.ofMinutes(1))))
                    .join(Join.any()),
                Step.delay("rest", Duration.ofMinutes(10))),
            "{}");
    node.driver().runDue();
    String url =
        node.view(run).waits().stream()
            .filter(wait -> wait.stepId().equals("w"))
            .map(Cluster::payload)
            .map(payload -> payload.path("resume_url").stringValue())
            .findFirst()
            .orElseThrow();
    node.driver().advance(Duration.ofMinutes(2));

    assertThat(node.post(url, "1").status()).isEqualTo(410);
    assertThat(node.post(url, "1").status()).isEqualTo(410);
    node.driver().advance(Duration.ofMinutes(10));
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }
}
