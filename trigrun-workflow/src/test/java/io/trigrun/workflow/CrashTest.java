package io.trigrun.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.JobSpec;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.StoreException;
import io.trigrun.workflow.Cluster.Node;
import io.trigrun.workflow.definition.Comparison;
import io.trigrun.workflow.definition.Condition;
import io.trigrun.workflow.definition.Extract;
import io.trigrun.workflow.definition.Join;
import io.trigrun.workflow.definition.ParallelStep.Branch;
import io.trigrun.workflow.definition.Step;
import io.trigrun.workflow.definition.StepOptions;
import io.trigrun.workflow.definition.StepOptions.OnError;
import io.trigrun.workflow.definition.StepRequest;
import io.trigrun.workflow.definition.StepRetry;
import io.trigrun.workflow.definition.SwitchStep.Case;
import io.trigrun.workflow.definition.Workflow;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node dies before and after each call of the store; another one takes over. */
@DisplayName("W12: a finished step is recorded once, and the run ends as if nobody had died")
class CrashTest {

  private static final int MORE_THAN_ENOUGH = 400;
  private static final int MOST_TURNS = 60;

  private static Step effect(String id, String input) {
    return Step.handler(id, "effect").input(input);
  }

  /** Every type of step. */
  private static Workflow everything(String url) {
    return Workflow.of(
        effect("first", "{\"n\": \"{{trigger.body.n}}\", \"tell\": \"{{waits.early.resume_url}}\"}")
            .with(
                StepOptions.none()
                    .extract("n", Extract.of("$.n"))
                    .extractToContext("cursor", Extract.of("$.n"))),
        Step.http(
                "call", StepRequest.post(url + "/n").jsonBody("{\"n\": \"{{context.n}}\"}").build())
            .with(StepOptions.none().extract("called", Extract.of("$.n"))),
        Step.tell("say", "ops", "n is {{context.called}}", ""),
        Step.set("put", "{\"twice\": [\"{{context.n}}\", \"{{job.context.cursor}}\"]}"),
        Step.choose(
            "way",
            Case.when(
                Condition.compare("{{context.n}}", Comparison.GREATER_THAN, "100"),
                effect("never", "1")),
            Case.when(Condition.exists("context.n"), effect("taken", "2"))),
        Step.parallel(
            "both",
            Branch.of("slow", Step.delay("pause", Duration.ofMinutes(5)), effect("left", "3")),
            Branch.of("asks", Step.waitForWebhook("late"), effect("right", "4"))),
        Step.forEach(
                "each",
                "{{trigger.body.lines}}",
                Step.handler("line", "effect").input("\"{{item}}\""),
                effect("line2", "\"{{steps.line.output}}\""))
            .maxConcurrent(2),
        Step.parallel(
                "race",
                Branch.of("loses", Step.waitForWebhook("unanswered")),
                Branch.of("wins", effect("win", "5")))
            .join(Join.any()),
        Step.handler("try", "flaky").with(StepOptions.none().retry(StepRetry.attempts(3))),
        Step.handler("broken", "broken").with(StepOptions.none().onError(OnError.CONTINUE)),
        Step.runJob("sub", "child").input("{\"n\": \"{{context.n}}\"}"),
        Step.waitForWebhook("early"),
        Step.approval("review", "Ship {{context.n}}?").approvers(2, "ann", "bob", "cid"),
        effect("skipped", "6").with(StepOptions.none().when(Condition.exists("context.nothing"))),
        effect("last", "\"{{steps.sub.output}}\"")
            .with(StepOptions.none().extractToContext("last", Extract.of("$"))),
        Step.succeed("done")
            .output(
                "{\"each\": \"{{steps.each.output}}\", \"review\":"
                    + " \"{{steps.review.output.decision}}\", \"early\":"
                    + " \"{{steps.early.output}}\", \"both\": \"{{steps.both.output}}\","
                    + " \"twice\": \"{{context.twice}}\", \"cursor\":"
                    + " \"{{job.context.last}}\", \"called\": \"{{context.called}}\"}"));
  }

  /** How it all went. */
  private record Story(String output, Map<String, Integer> ends, int calls) {}

  @Test
  void in_memory_it_may_die_at_any_call() {
    dieEverywhere(TestStore.MEMORY, 1);
  }

  @Test
  void on_h2_it_may_die_at_any_call() {
    dieEverywhere(TestStore.H2, 7);
  }

  private static void dieEverywhere(TestStore kind, int step) {
    try (Outside outside = new Outside()) {
      dieEverywhere(kind, step, outside);
    }
  }

  private static void dieEverywhere(TestStore kind, int step, Outside outside) {
    Story calm = play(kind, outside, MORE_THAN_ENOUGH, false);
    assertThat(calm.calls()).isGreaterThan(30).isLessThan(MORE_THAN_ENOUGH);
    for (int call = 1; call <= calm.calls(); call += step) {
      for (boolean afterItsEffect : List.of(false, true)) {
        String when = "dead " + (afterItsEffect ? "after " : "before ") + call;
        Story story;
        try {
          story = play(kind, outside, call, afterItsEffect);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(when + ": " + e.getMessage(), e);
        }
        assertThat(story.output()).as(when).isEqualTo(calm.output());
        assertThat(story.ends()).as(when).isEqualTo(calm.ends());
      }
    }
  }

  private static Story play(TestStore kind, Outside outside, int diesAt, boolean afterItsEffect) {
    outside.calls.clear();
    outside.messages.clear();
    try (Cluster cluster = new Cluster(kind)) {
      AtomicReference<Node> world = new AtomicReference<>();
      Node survivor = node(cluster, "survivor", cluster.opened.store(), outside, world);
      world.set(survivor);
      MortalStore death = new MortalStore(cluster.opened.store(), diesAt, afterItsEffect);
      Node mortal = node(cluster, "mortal", death.store(), outside, world);
      save(survivor, "child", Workflow.of(effect("c", "\"{{trigger.body.n}}\"")));
      UUID job = save(survivor, "everything", everything(outside.url()));
      UUID run = survivor.workflows().runs().start(job, "{\"n\": 7, \"lines\": [1, 2, 3]}").id();
      for (int turn = 0; !cluster.execution(run).state().isFinal(); turn++) {
        assertThat(turn).as("turns of " + survivor.view(run)).isLessThan(MOST_TURNS);
        go(death.isDead() ? survivor : mortal, death);
        answerAll(survivor, run);
        cluster.clock.advance(Cluster.TURN);
      }
      survivor.driver().runDue();
      int deaths = diesAt < MORE_THAN_ENOUGH ? 1 : 0;
      check(cluster, survivor, job, run, deaths);
      checkOutside(outside, run, deaths);
      return new Story(
          cluster.execution(run).output().orElse("none"), finished(cluster, run), death.calls());
    }
  }

  private static Node node(
      Cluster cluster, String name, JobStore store, Outside outside, AtomicReference<Node> world) {
    return cluster.node(
        name,
        store,
        settings ->
            settings
                .handler(
                    "effect",
                    JsonNode.class,
                    (input, step) -> {
                      cluster.effect(step);
                      if (input.has("tell")) {
                        Objects.requireNonNull(world.get())
                            .post(input.path("tell").stringValue(), "\"early\"");
                      }
                      return input.has("tell")
                          ? JsonMapper.shared().readTree("{\"n\": " + input.path("n") + "}")
                          : input;
                    })
                .handler(
                    "flaky",
                    JsonNode.class,
                    (input, step) -> {
                      if (cluster.effect(step) < 3) {
                        throw new StepFailedException("BUSY", "not now");
                      }
                      return "there";
                    })
                .handler(
                    "broken",
                    JsonNode.class,
                    (input, step) -> {
                      cluster.effect(step);
                      throw new IllegalStateException("no way");
                    }),
        builder -> builder.egress(EgressPolicy.unrestricted()).extension(outside.outlet()));
  }

  private static UUID save(Node node, String name, Workflow workflow) {
    return node.trigrun()
        .jobs()
        .save(JobSpec.named(name).action(workflow).maxConcurrentExecutions(0).build())
        .id();
  }

  private static void go(Node node, MortalStore death) {
    try {
      node.driver().runDue();
    } catch (StoreException e) {
      assertThat(death.isDead()).isTrue();
    }
  }

  /** What the world does: it calls back, and people vote. */
  private static void answerAll(Node node, UUID run) {
    for (OpenWait wait : node.view(run).waits()) {
      JsonNode payload = Cluster.payload(wait);
      if (wait.stepId().equals("late")) {
        node.post(payload.path("resume_url").stringValue(), "\"late\"");
      } else if (wait.reason().equals("approval")) {
        for (String who : List.of("ann", "cid")) {
          String url = payload.path("approvers").path(who).path("approve_url").stringValue();
          assertThat(node.post(url, "{}").status()).isEqualTo(200);
        }
      }
    }
  }

  private static void check(Cluster cluster, Node node, UUID job, UUID run, int deaths) {
    Execution execution = cluster.execution(run);
    assertThat(execution.failure()).isEmpty();
    assertThat(execution.state()).isEqualTo(ExecutionState.SUCCEEDED);
    assertThat(node.view(run).waits()).isEmpty();
    assertThat(cluster.opened.store().wakeUps(run)).as("answers that nobody took").isEmpty();
    assertThat(cluster.opened.store().attempts(run))
        .as("terminal records")
        .extracting(Attempt::number)
        .hasSize(1);
    assertThat(node.workflows().contexts().get(job))
        .containsOnly(Map.entry("cursor", "7"), Map.entry("last", "7"));
    List<Execution> children =
        node.trigrun()
            .executions()
            .list(node.trigrun().executions().query().job(childOf(node)))
            .items();
    assertThat(children).extracting(Execution::state).containsExactly(ExecutionState.SUCCEEDED);
    checkJournal(cluster, run, deaths);
  }

  /** Calls may be made again, with the key of the first; a message is stored once. */
  private static void checkOutside(Outside outside, UUID run, int deaths) {
    assertThat(outside.calls).containsOnlyKeys(run + "/call");
    assertThat(outside.messages).containsOnlyKeys("\"" + run + "/say\"", "\"" + run + "/review\"");
    assertThat(outside.calls.values())
        .allSatisfy(each -> assertThat(each).isBetween(1, 1 + deaths));
    assertThat(outside.messages.values().stream().mapToInt(each -> each).sum())
        .as("told, and told again by whoever takes over a delivery")
        .isBetween(2, 2 + deaths);
  }

  private static UUID childOf(Node node) {
    return node.trigrun().jobs().findByName("child").orElseThrow().id();
  }

  private static void checkJournal(Cluster cluster, UUID run, int deaths) {
    Set<String> seen = new HashSet<>();
    Map<String, Integer> attempts = new TreeMap<>();
    int number = 0;
    for (JournalEntry entry : cluster.opened.store().journal(run)) {
      JsonNode step = JsonMapper.shared().readTree(entry.document());
      String key = step.path("step_id").stringValue() + iteration(step);
      assertThat(entry.number()).isEqualTo(++number);
      assertThat(seen.add(key + "#" + step.path("attempt")))
          .as("attempt recorded once: " + step)
          .isTrue();
      attempts.merge(key, step.path("attempt").intValue(), Math::max);
    }
    assertThat(cluster.ends(run).entrySet())
        .filteredOn(end -> !end.getKey().endsWith(":retrying"))
        .allSatisfy(end -> assertThat(end.getValue()).as(end.getKey()).isEqualTo(1));
    int repeated = 0;
    for (Map.Entry<String, Integer> effect : cluster.effects.entrySet()) {
      int most = attempts.getOrDefault(effect.getKey(), effect.getKey().equals("c") ? 2 : 0);
      assertThat(effect.getValue()).as(effect.getKey()).isBetween(1, most);
      repeated += effect.getValue() - 1;
    }
    // Two of the flaky one; a death repeats what was under way: one step, or a few at once.
    assertThat(repeated).isBetween(2, 2 + 2 * deaths);
  }

  private static String iteration(JsonNode step) {
    return step.has("iteration") ? step.path("iteration").toString().replace(" ", "") : "";
  }

  private static Map<String, Integer> finished(Cluster cluster, UUID run) {
    Map<String, Integer> ends = cluster.ends(run);
    ends.keySet().removeIf(key -> key.endsWith(":retrying"));
    return ends;
  }
}
