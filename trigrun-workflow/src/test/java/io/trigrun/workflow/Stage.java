package io.trigrun.workflow;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.contract.http.CheckedRoutes;
import io.trigrun.handler.JobHandler;
import io.trigrun.inbound.InboundRequest;
import io.trigrun.inbound.InboundResponse;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import io.trigrun.workflow.definition.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A TrigRun with workflows, driven by hand. */
final class Stage implements AutoCloseable {

  static final LinkKey KEY = LinkKey.of("k1", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
  static final String URL = "https://jobs.example.com";

  final ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
  final JobStore store;
  final Workflows workflows;
  final TrigRun trigrun;
  final TrigRunDriver driver;
  private final TestStore.Opened opened;

  /** What the handler {@code note} was given, in order. */
  final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  Stage() {
    this(new InMemoryJobStore(), builder -> builder, builder -> builder);
  }

  Stage(UnaryOperator<Workflows.Builder> workflowSettings) {
    this(new InMemoryJobStore(), workflowSettings, builder -> builder);
  }

  Stage(
      JobStore store,
      UnaryOperator<Workflows.Builder> workflowSettings,
      UnaryOperator<TrigRunBuilder> settings) {
    this(new TestStore.Opened(store, () -> {}), workflowSettings, settings);
  }

  Stage(
      TestStore.Opened opened,
      UnaryOperator<Workflows.Builder> workflowSettings,
      UnaryOperator<TrigRunBuilder> settings) {
    this.opened = opened;
    this.store = opened.store();
    this.workflows =
        workflowSettings
            .apply(
                Workflows.builder()
                    .links(URL, KEY)
                    .maxWorkflowDuration(Duration.ofDays(30))
                    .handler(
                        "note",
                        JsonNode.class,
                        (input, step) -> {
                          notes.add(step.stepId() + step.iteration() + ":" + input);
                          return input;
                        }))
            .build();
    this.trigrun =
        settings
            .apply(
                TrigRun.builder()
                    .store(store)
                    .clock(clock)
                    .extension(workflows)
                    .handler("plain", String.class, (JobHandler<String>) (payload, job) -> {}))
            .build();
    this.driver = new TrigRunDriver(trigrun, clock);
  }

  Job job(String name, Workflow workflow) {
    return trigrun
        .jobs()
        .save(JobSpec.named(name).action(workflow).maxConcurrentExecutions(0).build());
  }

  /** Starts a run and lets it go as far as it can. */
  UUID run(Workflow workflow, String input) {
    UUID id = workflows.runs().start(job("job", workflow).id(), input).id();
    driver.runDue();
    return id;
  }

  WorkflowRun view(UUID id) {
    return workflows.runs().find(id).orElseThrow();
  }

  Execution execution(UUID id) {
    return view(id).execution();
  }

  ExecutionState state(UUID id) {
    return execution(id).state();
  }

  String output(UUID id) {
    return execution(id).output().orElse("none");
  }

  String failure(UUID id) {
    return execution(id).failure().map(why -> why.errorClass()).orElse("none");
  }

  /** {@code id:status} of what has ended, in order. */
  List<String> steps(UUID id) {
    return view(id).stepExecutions().stream()
        .map(
            step ->
                step.stepId()
                    + (step.iteration().isEmpty() ? "" : step.iteration().toString())
                    + ":"
                    + step.status())
        .toList();
  }

  /** Posts JSON to one of the addresses that the run shows. */
  InboundResponse post(String url, String json) {
    return call("POST", url, json);
  }

  InboundResponse call(String method, String url, String json) {
    InboundRequest request =
        InboundRequest.of(method, url.substring((URL + "/v1").length()))
            .withHeader("Content-Type", "application/json")
            .withBody(json.getBytes(StandardCharsets.UTF_8));
    InboundResponse response = new CheckedRoutes(workflows.routes()).handle(request).orElseThrow();
    driver.runDue();
    return response;
  }

  /** An address that the run shows now. */
  String link(UUID id, String... path) {
    JsonNode node = JsonMapper.shared().readTree(view(id).waitingPayload().orElseThrow().text());
    for (String name : path) {
      node = node.path(name);
    }
    return node.stringValue();
  }

  @Override
  public void close() {
    trigrun.close();
    opened.close();
  }
}
