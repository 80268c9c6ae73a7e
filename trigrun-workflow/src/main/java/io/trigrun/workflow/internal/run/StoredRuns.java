package io.trigrun.workflow.internal.run;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.Json;
import io.trigrun.NotFoundException;
import io.trigrun.Trigger;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.ExtensionAction;
import io.trigrun.spi.Host;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import io.trigrun.workflow.OpenWait;
import io.trigrun.workflow.StepExecution;
import io.trigrun.workflow.WorkflowRun;
import io.trigrun.workflow.WorkflowRuns;
import io.trigrun.workflow.definition.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The runs of one workspace's workflows. */
public final class StoredRuns implements WorkflowRuns {

  private static final int LONGEST_INPUT = 1_048_576;

  private final Host host;
  private final Runs runs;
  private final String workspace;

  StoredRuns(Host host, Runs runs, String workspace) {
    this.host = host;
    this.runs = runs;
    this.workspace = workspace;
  }

  @Override
  public Execution start(UUID jobId, String input) {
    return start(jobId, input, Optional.empty());
  }

  @Override
  public Execution start(UUID jobId, String input, String idempotencyKey) {
    Problems.require(
        !idempotencyKey.isEmpty() && idempotencyKey.length() <= 200,
        "idempotency_key",
        "1 to 200 characters",
        idempotencyKey.length() + " characters");
    return start(jobId, input, Optional.of(idempotencyKey));
  }

  private Execution start(UUID jobId, String input, Optional<String> idempotencyKey) {
    JsonNode body = body(input);
    Job job =
        host.workspace(workspace)
            .jobs()
            .find(jobId)
            .orElseThrow(() -> new NotFoundException("job", jobId));
    if (!(job.spec().action() instanceof ExtensionAction action)
        || !action.handler().equals(Workflow.HANDLER)) {
      throw new ConflictException(
          "expected job " + job.name() + " to be a workflow, got one that is not");
    }
    Optional<UniqueKey> key =
        idempotencyKey.map(
            value ->
                UniqueKey.whileKept(
                    UUID.nameUUIDFromBytes(
                            (jobId + "/" + value).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString()));
    NewExecution run =
        host.runOf(
            job,
            Trigger.ENQUEUE,
            Optional.empty(),
            key,
            Optional.of(RunInput.write(action.document(), RunInput.trigger(body))));
    if (!(host.store().write(WriteSet.enqueue(List.of(run)))
        instanceof WriteResult.Stored stored)) {
      throw new IllegalStateException("expected an enqueue without conflicts, got one");
    }
    host.wakeUp();
    Enqueued enqueued = stored.enqueued().get(0);
    return enqueued.duplicate()
        ? host.store().findExecutions(List.of(enqueued.executionId())).get(0)
        : run.enqueued();
  }

  private static JsonNode body(String input) {
    Problems.require(
        input.length() <= LONGEST_INPUT,
        "input",
        "at most " + LONGEST_INPUT + " characters",
        input.length() + " characters");
    StorableText.require(input, "input");
    JsonNode body = Nodes.nothing();
    try {
      body = Nodes.readInput(input);
    } catch (JacksonException e) {
      Problems.require(false, "input", "a JSON text", "one that is none");
    }
    Problems.require(!body.isMissingNode(), "input", "a JSON text", "an empty one");
    return body;
  }

  private Optional<Execution> execution(UUID executionId) {
    return host.store().findExecutions(List.of(executionId)).stream()
        .filter(execution -> execution.workspace().equals(workspace))
        .filter(execution -> execution.handler().equals(Workflow.HANDLER))
        .findFirst();
  }

  /** The workflow that a run began with, as JSON. */
  public String definition(Execution execution) {
    return runs.inputs().read(execution.payload()).plan().workflow().toJson();
  }

  @Override
  public boolean retry(UUID executionId) {
    Execution execution =
        execution(executionId)
            .orElseThrow(() -> new NotFoundException("run of a workflow", executionId));
    boolean done =
        execution.state() == ExecutionState.FAILED
            && host.store().revive(executionId, host.clock().instant());
    host.wakeUp();
    return done;
  }

  @Override
  public Optional<WorkflowRun> find(UUID executionId) {
    return execution(executionId).map(this::view);
  }

  /** As {@link #find}, of an execution of a workflow that was read already. */
  public WorkflowRun view(Execution execution) {
    RunInput.Read input = runs.inputs().read(execution.payload());
    Optional<RunState> state = StateJson.find(execution.checkpoint());
    List<OpenSteps.OpenStep> open =
        execution.state().isFinal()
            ? List.of()
            : state.map(known -> OpenSteps.of(input.plan(), known)).orElse(List.of());
    List<StepExecution> steps = new ArrayList<>();
    for (JournalEntry entry : host.store().journal(execution.id())) {
      steps.add(read(Nodes.read(entry.document())));
    }
    open.forEach(step -> steps.add(underWay(step)));
    List<OpenWait> waits =
        execution.state() == ExecutionState.WAITING
            ? open.stream().flatMap(step -> wait(execution, step).stream()).toList()
            : List.of();
    return new WorkflowRun(
        execution,
        new Json(input.trigger().toString()),
        steps,
        waits,
        execution.output().map(Json::new));
  }

  private static StepExecution read(JsonNode node) {
    List<Integer> iteration = new ArrayList<>();
    node.path("iteration").values().forEach(index -> iteration.add(index.intValue()));
    return new StepExecution(
        node.path("step_id").stringValue(),
        iteration,
        node.path("type").stringValue(),
        node.path("status").stringValue(),
        node.path("attempt").intValue(),
        Instant.parse(node.path("started_at").stringValue()),
        node.optional("finished_at").map(at -> Instant.parse(at.stringValue())),
        node.optional("output").map(output -> new Json(output.toString())),
        node.optional("status_code").map(JsonNode::intValue),
        node.optional("error")
            .map(
                error ->
                    new Failure(
                        error.path("class").stringValue(), error.path("message").stringValue())));
  }

  private static StepExecution underWay(OpenSteps.OpenStep open) {
    Active active = open.active();
    String status =
        active instanceof Active.Running
                || active instanceof Active.Chosen
                || active instanceof Active.Fan
            ? "running"
            : active instanceof Active.Retrying ? "retrying" : "waiting";
    int attempt =
        active instanceof Active.Running running
            ? running.attempt
            : active instanceof Active.Retrying retrying
                ? retrying.attempt() + 1
                : active instanceof Active.Absent absent ? absent.attempt() + 1 : 1;
    return new StepExecution(
        open.step().id(),
        open.loops().indexes(),
        open.step().type(),
        status,
        attempt,
        active.startedAt(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Optional<OpenWait> wait(Execution execution, OpenSteps.OpenStep open) {
    return WaitPayload.of(runs, execution.id(), open)
        .map(
            payload ->
                new OpenWait(
                    open.step().id(),
                    open.loops().indexes(),
                    payload.reason(),
                    new Json(payload.payload().toString()),
                    payload.expiresAt()));
  }
}
