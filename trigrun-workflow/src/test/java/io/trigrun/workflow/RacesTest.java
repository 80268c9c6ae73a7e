package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.contract.Crowd;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many at once want different things of one run. */
@OnEveryStore
@DisplayName("W4, W5, W6, W13: of many at once one wins, and all others are told the truth")
class RacesTest {

  private static final int MANY = 64;
  private static final int ROUNDS = 5;
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Cluster cluster;
  private final Node node;
  private final Node other;

  RacesTest(TestStore kind) {
    cluster = new Cluster(kind);
    node = node("one");
    other = node("two");
  }

  private Node node(String name) {
    return cluster.node(
        name,
        cluster.opened.store(),
        settings ->
            settings.handler(
                "effect",
                JsonNode.class,
                (input, step) -> {
                  cluster.effect(step);
                  return input;
                }));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private UUID job(Workflow workflow) {
    return node.trigrun()
        .jobs()
        .save(JobSpec.named("job").action(workflow).maxConcurrentExecutions(0).build())
        .id();
  }

  private UUID start(Workflow workflow) {
    UUID run = node.workflows().runs().start(job(workflow), "{}").id();
    node.driver().runDue();
    return run;
  }

  private String link(UUID run, String name) {
    return Cluster.payload(node.view(run).waits().get(0)).path(name).stringValue();
  }

  @Test
  void of_many_decisions_one_counts() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID run = start(Workflow.of(Step.approval("review", "Ship?").continuingOnReject()));
      String approve = link(run, "approve_url");
      String reject = link(run, "reject_url");

      List<Integer> answers =
          Crowd.rush(
              MANY,
              i -> (i % 2 == 0 ? node : other).post(i % 4 < 2 ? approve : reject, "{}").status());
      cluster.clock.advance(Duration.ofSeconds(1));
      node.driver().runDue();

      String output = cluster.execution(run).output().orElseThrow();
      boolean approved = output.contains("\"decision\":\"approved\"");
      for (int i = 0; i < MANY; i++) {
        assertThat(answers.get(i)).as(output).isEqualTo((i % 4 < 2) == approved ? 200 : 409);
      }
    }
  }

  @Test
  void of_resuming_expiring_and_cancelling_one_counts() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID run =
          start(
              Workflow.of(Step.waitForWebhook("w").with(StepOptions.none().timeout(AN_HOUR)))
                  .maxDuration(Duration.ofDays(1)));
      String url = link(run, "resume_url");

      List<Integer> answers =
          Crowd.rush(
              MANY,
              i -> {
                if (i % 8 == 0) {
                  cluster.clock.advance(AN_HOUR.dividedBy(2));
                  return (i % 16 == 0 ? node : other).driver().runDue() * 0;
                }
                if (i % 8 == 1) {
                  return node.trigrun().executions().cancel(run, "enough") ? 1 : 2;
                }
                return (i % 2 == 0 ? node : other).post(url, "" + i).status();
              });
      node.driver().runDue();

      ExecutionState state = cluster.execution(run).state();
      long cancelled = answers.stream().filter(answer -> answer == 1).count();
      long accepted = answers.stream().filter(answer -> answer == 200).count();
      assertThat(state.isFinal()).isTrue();
      assertThat(cancelled).isEqualTo(state == ExecutionState.CANCELLED ? 1 : 0);
      if (state == ExecutionState.SUCCEEDED) {
        int winner = Integer.parseInt(cluster.execution(run).output().orElseThrow());
        assertThat(answers.get(winner)).isEqualTo(200);
        assertThat(accepted).isEqualTo(1);
      } else if (state == ExecutionState.FAILED) {
        assertThat(accepted).isZero();
      } else {
        assertThat(accepted).isLessThanOrEqualTo(1); // it counted, and then the run was cancelled
      }
      assertThat(answers).doesNotContain(500);
    }
  }

  @Test
  void a_key_starts_one_run_however_often_it_is_used() throws Exception {
    UUID job = job(Workflow.of(Step.handler("a", "effect").input("1")));

    List<UUID> runs =
        Crowd.rush(
            MANY, i -> (i % 2 == 0 ? node : other).workflows().runs().start(job, "{}", "k").id());
    node.driver().runDue();

    assertThat(new HashSet<>(runs)).hasSize(1);
    assertThat(cluster.effects).containsExactly(Map.entry("a", 1));
  }

  @Test
  void no_key_of_a_jobs_context_is_lost() throws Exception {
    UUID job = job(Workflow.of(Step.set("s", "{}")));

    Crowd.rush(
        MANY,
        i ->
            (i % 2 == 0 ? node : other)
                .workflows()
                .contexts()
                .patch(job, Map.of("k" + i, Optional.of("v" + i))));

    Map<String, String> context = node.workflows().contexts().get(job);
    assertThat(context).hasSize(MANY);
    assertThat(context)
        .allSatisfy((key, value) -> assertThat(value).isEqualTo("v" + key.substring(1)));
  }

  @Test
  void two_nodes_that_look_at_the_same_time_do_nothing_twice() throws Exception {
    UUID job =
        job(
            Workflow.of(
                Step.handler("a", "effect").input("1"), Step.handler("b", "effect").input("2")));
    List<UUID> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(node.workflows().runs().start(job, "{}").id());
    }

    Crowd.rush(MANY, i -> (i % 2 == 0 ? node : other).driver().runDue());

    assertThat(cluster.effects)
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", runs.size(), "b", runs.size()));
    assertThat(runs)
        .allSatisfy(
            run -> assertThat(cluster.execution(run).state()).isEqualTo(ExecutionState.SUCCEEDED));
  }
}
