package io.trigrun.workflow.internal.management;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.Json;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Role;
import io.trigrun.route.Shape;
import io.trigrun.spi.ExecutionPart;
import io.trigrun.workflow.OpenWait;
import io.trigrun.workflow.StepExecution;
import io.trigrun.workflow.WorkflowRun;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.internal.expression.JsonText;
import io.trigrun.workflow.internal.run.Engine;
import io.trigrun.workflow.internal.run.StoredRuns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What executions of workflows show beyond others (row W9). */
final class RunPart implements ExecutionPart {

  /** Whoever has one of these can answer in the name of whoever was asked. */
  private static final Set<String> CREDENTIALS =
      Set.of("resume_url", "review_url", "approve_url", "reject_url", "approvers");

  private static final Shape STEP_ID = Shape.text("of the step");
  private static final Shape ITERATION =
      Shape.list(
          "the elements of the for-eaches around it, the outermost first",
          Shape.whole("an index, from 0"));
  private static final Shape REASON =
      Shape.text(
          "wait_for_webhook, approval, delay, retry, workflow or handler_missing; of several waits"
              + " that of the one that ends first");
  private static final Shape PAYLOAD =
      Shape.anyObject(
          "how to answer: resume_url, or review_url, approve_url and reject_url. They are"
              + " credentials: callers who may only read do not see them");
  private static final Shape EXPIRES_AT = Shape.instant("when it is over without an answer");

  private static final ObjectShape STEP_ERROR =
      Shape.object("StepError", "Why an attempt of a step failed")
          .required("class", Shape.text("a short word for programs"))
          .required("message", Shape.text("for people"));
  private static final ObjectShape STEP_EXECUTION =
      Shape.object("StepExecution", "An attempt of a step, or a step that is under way")
          .required("step_id", STEP_ID)
          .required("iteration", ITERATION)
          .required("type", Shape.text("of the step: http"))
          .required(
              "status",
              Shape.words(
                  "how far it is",
                  "running",
                  "waiting",
                  "retrying",
                  "succeeded",
                  "skipped",
                  "failed",
                  "rejected",
                  "expired",
                  "cancelled"))
          .required("attempt", Shape.whole("from 1").range(1, Integer.MAX_VALUE))
          .required("started_at", Shape.instant("when it began"))
          .required("finished_at", Shape.instant("when it ended").orNull())
          .required("output", Shape.any("what it gave; beyond 262,144 characters a text, cut"))
          .required("status_code", Shape.whole("of HTTP, where there was one").orNull())
          .required("error", STEP_ERROR.orNull());
  private static final ObjectShape WAIT =
      Shape.object("Wait", "What a run waits for")
          .required("step_id", STEP_ID)
          .required("iteration", ITERATION)
          .required("reason", REASON)
          .required("payload", PAYLOAD)
          .required("expires_at", EXPIRES_AT.orNull());
  private static final ObjectShape FIELDS =
      Shape.object("WorkflowRun", "What executions of workflows show")
          .optional("steps", Shape.list("of the workflow that it began with", StepShapes.STEP))
          .optional("trigger_input", Shape.anyObject("what started it: body, headers and query"))
          .optional(
              "step_executions",
              Shape.list("in the order they ended, then what is under way", STEP_EXECUTION))
          .optional("waits", Shape.list("all that it waits for", WAIT))
          .optional("waiting_reason", REASON.orNull())
          .optional("waiting_payload", PAYLOAD.orNull())
          .optional("waiting_expires_at", EXPIRES_AT.orNull())
          .optional("final_output", Shape.any("what it gave, null unless it has ended well"));

  private final Engine engine;

  RunPart(Engine engine) {
    this.engine = engine;
  }

  @Override
  public ObjectShape fields() {
    return FIELDS;
  }

  @Override
  public List<Verb> verbs() {
    return List.of(
        new Verb(
            "retry",
            "Goes on with a run of a workflow that has failed, from the steps that failed",
            Optional.ofNullable(WorkflowManagement.ANSWERS.of("retry_execution").get(202)),
            this::retry));
  }

  private void retry(Call call, Execution execution) {
    if (!isRun(execution)) {
      throw new ConflictException(
          "expected a run of a workflow, got another execution; replay repeats it");
    }
    if (!runs(call).retry(execution.id())) {
      throw new ConflictException(
          "expected a run that has failed, it is "
              + call.workspace()
                  .executions()
                  .find(execution.id())
                  .map(now -> now.state().jsonName())
                  .orElse("gone"));
    }
  }

  @Override
  public JsonObject of(Call call, Execution execution) {
    if (!isRun(execution)) {
      return JsonObject.builder().build();
    }
    boolean mayAnswer = call.role().covers(Role.WRITE);
    WorkflowRun run = runs(call).view(execution);
    return JsonObject.builder()
        .put("steps", new Json(steps(runs(call).definition(execution))))
        .put("trigger_input", run.triggerInput())
        .put("step_executions", run.stepExecutions().stream().map(RunPart::json).toList())
        .put("waits", run.waits().stream().map(wait -> json(wait, mayAnswer)).toList())
        .put("waiting_reason", run.waitingReason())
        .put("waiting_payload", run.waitingPayload().map(payload -> shown(payload, mayAnswer)))
        .put("waiting_expires_at", run.waitingExpiresAt())
        .put("final_output", run.finalOutput())
        .build();
  }

  private static String steps(String workflow) {
    return JsonText.write(JsonText.read(workflow).path("steps"));
  }

  private static JsonObject json(StepExecution step) {
    return JsonObject.builder()
        .put("step_id", step.stepId())
        .put("iteration", step.iteration())
        .put("type", step.type())
        .put("status", step.status())
        .put("attempt", step.attempt())
        .put("started_at", step.startedAt())
        .put("finished_at", step.finishedAt())
        .put("output", step.output())
        .put("status_code", step.statusCode())
        .put(
            "error",
            step.error()
                .map(
                    error ->
                        JsonObject.builder()
                            .put("class", error.errorClass())
                            .put("message", error.message())
                            .build()))
        .build();
  }

  private static JsonObject json(OpenWait wait, boolean mayAnswer) {
    return JsonObject.builder()
        .put("step_id", wait.stepId())
        .put("iteration", wait.iteration())
        .put("reason", wait.reason())
        .put("payload", shown(wait.payload(), mayAnswer))
        .put("expires_at", wait.expiresAt())
        .build();
  }

  private static Json shown(Json payload, boolean mayAnswer) {
    return mayAnswer
        ? payload
        : new Json(
            JsonText.write(((ObjectNode) JsonText.read(payload.text())).remove(CREDENTIALS)));
  }

  private static boolean isRun(Execution execution) {
    return execution.handler().equals(Workflow.HANDLER);
  }

  private StoredRuns runs(Call call) {
    return engine.runs(call.workspace().name());
  }
}
