package io.trigrun.workflow;

import io.trigrun.Execution;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several nodes on one store and one clock, each driven by hand. */
final class Cluster implements AutoCloseable {

  /** Longer than any lease. */
  static final Duration TURN = Duration.ofMinutes(1);

  final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  final TestStore.Opened opened;

  /** How often the handlers of all nodes were called, by idempotency key without the run. */
  final Map<String, Integer> effects = new ConcurrentHashMap<>();

  private final List<TrigRun> nodes = new ArrayList<>();

  Cluster(TestStore kind) {
    opened = kind.open();
  }

  /** One node. */
  record Node(TrigRun trigrun, Workflows workflows, TrigRunDriver driver) {

    WorkflowRun view(UUID run) {
      return workflows.runs().find(run).orElseThrow();
    }

    /** Calls an address that a run shows; drives nobody. */
    InboundResponse post(String url, String json) {
      return workflows
          .routes()
          .handle(
              InboundRequest.of("POST", url.substring((Stage.URL + "/v1").length()))
                  .withHeader("Content-Type", "application/json")
                  .withBody(json.getBytes(StandardCharsets.UTF_8)))
          .orElseThrow();
    }
  }

  Node node(String name) {
    return node(name, opened.store(), settings -> settings);
  }

  Node node(String name, JobStore store, UnaryOperator<Workflows.Builder> settings) {
    return node(name, store, settings, UnaryOperator.identity());
  }

  Node node(
      String name,
      JobStore store,
      UnaryOperator<Workflows.Builder> settings,
      UnaryOperator<TrigRunBuilder> more) {
    Workflows workflows =
        settings
            .apply(
                Workflows.builder()
                    .links(Stage.URL, Stage.KEY)
                    .maxWorkflowDuration(Duration.ofDays(30)))
            .build();
    TrigRun trigrun =
        more.apply(TrigRun.builder().store(store).node(name).clock(clock).extension(workflows))
            .build();
    nodes.add(trigrun);
    return new Node(trigrun, workflows, new TrigRunDriver(trigrun, clock));
  }

  /** A handler's call is counted. */
  int effect(StepContext step) {
    String key = step.idempotencyKey().substring(step.executionId().toString().length() + 1);
    return effects.merge(key, 1, Integer::sum);
  }

  /** What a wait shows. */
  static JsonNode payload(OpenWait wait) {
    return JsonMapper.shared().readTree(wait.payload().text());
  }

  Execution execution(UUID run) {
    return opened.store().findExecutions(List.of(run)).get(0);
  }

  /** How often each step has ended, and each attempt: {@code id[0]:succeeded} and so on. */
  Map<String, Integer> ends(UUID run) {
    Map<String, Integer> ends = new TreeMap<>();
    opened
        .store()
        .journal(run)
        .forEach(
            entry -> {
              JsonNode step = JsonMapper.shared().readTree(entry.document());
              ends.merge(
                  step.path("step_id").stringValue()
                      + step.path("iteration")
                      + ":"
                      + step.path("status").stringValue(),
                  1,
                  Integer::sum);
            });
    return ends;
  }

  @Override
  public void close() {
    nodes.forEach(TrigRun::close);
    opened.close();
  }
}
