package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.spi.StoreException;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import io.trigrun.workflow.definition.Workflow;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Death at every call of the store: {@link CrashTest}. Nodes that were only away or that stop:
 * {@link NodesTest}.
 */
@OnEveryStore
@DisplayName("W12: after a kill -9 a run goes on from the last finished step")
class W12DurabilityTest {

  private static final int NEVER = 1_000_000;

  private final Cluster cluster;
  private final MortalStore mortal;
  private final AtomicReference<String> fatal = new AtomicReference<>("");
  private final Node first;

  W12DurabilityTest(TestStore kind) {
    cluster = new Cluster(kind);
    mortal = new MortalStore(cluster.opened.store(), NEVER, false);
    first =
        cluster.node(
            "first",
            mortal.store(),
            settings ->
                settings.handler(
                    "work",
                    JsonNode.class,
                    (input, step) -> {
                      cluster.effect(step);
                      if (step.stepId().equals(fatal.get())) {
                        mortal.kill(); // the work is done, and nobody will ever hear of it
                      }
                      return input;
                    }));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Another process, some time after the first has died. */
  private Node survivor() {
    Node second =
        cluster.node(
            "second",
            cluster.opened.store(),
            settings ->
                settings.handler(
                    "work",
                    JsonNode.class,
                    (input, step) -> {
                      cluster.effect(step);
                      return input + "#" + step.attempt();
                    }));
    cluster.clock.advance(Cluster.TURN);
    return second;
  }

  private Job job(Step... steps) {
    return first.trigrun().jobs().save(JobSpec.named("job").action(Workflow.of(steps)).build());
  }

  private UUID start(Job job) {
    return first.workflows().runs().start(job.id(), "{}").id();
  }

  /** The first node dies in this step. */
  private void dieIn(String step) {
    fatal.set(step);
    assertThatThrownBy(() -> first.driver().runDue()).isInstanceOf(StoreException.class);
  }

  private static Step work(String id) {
    return Step.handler(id, "work").input("\"" + id + "\"");
  }

  @Test
  void finished_steps_do_not_run_again_and_the_one_it_died_in_does_with_the_same_key() {
    Job job =
        job(
            work("a")
                .with(
                    StepOptions.none()
                        .extract("a", Extract.of("$"))
                        .extractToContext("kept", Extract.of("$"))),
            work("b"),
            Step.handler("c", "work").input("\"{{context.a}} {{job.context.kept}}\""));
    UUID run = start(job);
    dieIn("b");

    Node second = survivor();
    second.driver().runDue();

    assertThat(cluster.effects).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 2, "c", 1));
    assertThat(cluster.ends(run))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("a:succeeded", 1, "b:succeeded", 1, "c:succeeded", 1));
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(cluster.execution(run).output()).contains("\"\\\"a a\\\"#1\"");
  }

  @Test
  void branches_and_elements_that_are_finished_do_not_run_again_either() {
    Job job =
        job(
            Step.forEach("each", "[1, 2]", work("e")).maxConcurrent(1),
            Step.parallel(
                    "both", Branch.of("left", work("l")), Branch.of("right", work("r"), work("s")))
                .maxConcurrent(1));
    UUID run = start(job);
    dieIn("s");
    survivor().driver().runDue();

    assertThat(cluster.effects)
        .containsExactlyInAnyOrderEntriesOf(Map.of("e[0]", 1, "e[1]", 1, "l", 1, "r", 1, "s", 2));
    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void a_step_that_must_not_be_repeated_fails_instead() {
    UUID run =
        start(job(work("a"), work("b").with(StepOptions.none().onCrash(OnCrash.FAIL)), work("c")));
    dieIn("b");
    survivor().driver().runDue();

    assertThat(cluster.effects).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 1));
    assertThat(cluster.execution(run).failure().orElseThrow().errorClass()).isEqualTo("NODE_LOST");
  }

  @Test
  void once_start_has_returned_the_run_survives() {
    UUID run = start(job(work("a")));
    mortal.kill();
    survivor().driver().runDue();

    assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED);
  }

  @Test
  void once_a_callback_was_taken_it_survives_and_links_hold_on_every_node() {
    UUID run = start(job(work("a"), Step.waitForWebhook("w"), Step.waitForWebhook("x")));
    first.driver().runDue();
    String w = url(first, run);
    assertThat(first.post(w, "\"taken\"").status()).isEqualTo(200);
    mortal.kill();

    Node second = survivor();
    second.driver().runDue();
    assertThat(second.post(w, "\"other\"").status()).isEqualTo(409);
    assertThat(second.post(url(second, run), "\"x\"").status()).isEqualTo(200);
    second.driver().runDue();

    assertThat(cluster.effects).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1));
    assertThat(second.view(run).stepExecutions().get(1).output().orElseThrow().text())
        .isEqualTo("\"taken\"");
    assertThat(cluster.execution(run).output()).contains("\"x\"");
  }

  private static String url(Node node, UUID run) {
    return Cluster.payload(node.view(run).waits().get(0)).path("resume_url").stringValue();
  }
}
