package io.trigrun.internal.management;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Json;
import io.trigrun.Page;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.ObjectShape.Field;
import io.trigrun.route.Shape;
import io.trigrun.spi.ExecutionPart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Executions as the HTTP surface says them. */
final class ExecutionJson {

  private static final Shape TRIGGER = Shape.words("what brought it about", Trigger.values());

  private static final ObjectShape PROGRESS =
      Shape.object("Progress", "How far it has come")
          .required("fraction", Shape.number("0 to 1"))
          .required("message", Shape.text("what it is doing"));

  private static final ObjectShape ATTEMPT =
      Shape.object("Attempt", "One try")
          .required("number", Shape.whole("1 is the first"))
          .required(
              "status",
              Shape.words(
                  "how it ended", Arrays.stream(AttemptStatus.values()).map(Enum::name).toList()))
          .required("status_code", Shape.whole("of HTTP, or the exit code of a command").orNull())
          .required("latency_ms", Shape.whole("how long it took"))
          .required(
              "error_class", Shape.text("a short word for what went wrong: HTTP_5XX").orNull())
          .required("error", Shape.text("what went wrong, in a sentence").orNull())
          .required(
              "body_preview",
              Shape.text("the start of the answer's body, or what was written; up to 64 KB")
                  .orNull())
          .required(
              "response_headers",
              Shape.map("those of the answer that are worth keeping", Shape.text("a value")))
          .required("started_at", Shape.instant("when it began"))
          .required("node", Shape.text("who made it"));

  static final ObjectShape SUMMARY =
      Shape.object("ExecutionSummary", "A run, without its attempts")
          .required("id", Shape.id("unique; increases with time"))
          .required("job_id", Shape.id("the job that it is a run of").orNull())
          .required("job_name", Shape.text("of that job; null if it was deleted").orNull())
          .required("status", Shape.words("where it stands", statuses()))
          .required("trigger", TRIGGER)
          .required("handler", Shape.text("what runs it"))
          .required("queue", Shape.text("what it shares permits with"))
          .required("priority", Shape.words("which goes first", Priority.values()))
          .required("attempt", Shape.whole("the number of the latest one, 0 before the first"))
          .required("scheduled_for", Shape.instant("when it is meant for"))
          .required("due_at", Shape.instant("when to look at it next; null at the end").orNull())
          .required("created_at", Shape.instant("when it was enqueued"))
          .required("started_at", Shape.instant("when its first attempt began").orNull())
          .required("finished_at", Shape.instant("when it ended").orNull())
          .required("error_class", Shape.text("a short word for why it failed").orNull())
          .required("error", Shape.text("why it failed, or failed last").orNull())
          .required("parent_id", Shape.id("the execution that brought it about").orNull())
          .required("replay_of", Shape.id("the execution that it repeats").orNull())
          .required("progress", PROGRESS.orNull());

  private final JobNames names;
  private final List<ExecutionPart> parts;
  private final ObjectShape whole;

  ExecutionJson(JobNames names, List<ExecutionPart> parts) {
    this.names = names;
    this.parts = List.copyOf(parts);
    ObjectShape shape =
        SUMMARY
            .extended("Execution", "A run")
            .required("node", Shape.text("who runs it, or ran it last").orNull())
            .required("output", Shape.any("its result; null if there is none"))
            .required("attempts", Shape.list("the first one first", ATTEMPT));
    for (ExecutionPart part : parts) {
      shape =
          shape.with(
              part.fields().fields().stream()
                  .map(field -> new Field(field.name(), false, field.shape()))
                  .toList());
    }
    this.whole = shape;
  }

  static List<String> statuses() {
    return Arrays.stream(ExecutionState.values()).map(ExecutionState::jsonName).toList();
  }

  /** With attempts and all that extensions know of it. */
  ObjectShape whole() {
    return whole;
  }

  /** With attempts and all that extensions know of it. */
  JsonObject whole(Call call, Execution execution) {
    List<Attempt> attempts = call.workspace().executions().attempts(execution.id());
    JsonObject.Builder json =
        JsonObject.builder()
            .putAll(summary(execution, names.of(call, List.of(execution))))
            .put("node", execution.node())
            .put("output", execution.output().map(Json::new))
            .put("attempts", attempts.stream().map(ExecutionJson::json).toList());
    parts.forEach(part -> json.putAll(part.of(call, execution)));
    return json.build();
  }

  /** A page of them. */
  Answer page(Call call, Page<Execution> page) {
    Map<UUID, String> jobs = names.of(call, page.items());
    return Answer.page(page, execution -> summary(execution, jobs));
  }

  private static JsonObject summary(Execution execution, Map<UUID, String> jobs) {
    boolean isLive = execution.state().isLive();
    return JsonObject.builder()
        .put("id", execution.id())
        .put("job_id", execution.jobId())
        .put("job_name", execution.jobId().map(jobs::get))
        .put("status", execution.state().jsonName())
        .put("trigger", JobJson.word(execution.trigger()))
        .put("handler", execution.handler())
        .put("queue", execution.queue())
        .put("priority", JobJson.word(execution.priority()))
        .put("attempt", execution.attempt())
        .put("scheduled_for", execution.scheduledFor())
        .put("due_at", Optional.of(execution.dueAt()).filter(due -> isLive))
        .put("created_at", execution.createdAt())
        .put("started_at", execution.startedAt())
        .put("finished_at", execution.finishedAt())
        .put("error_class", execution.failure().map(Failure::errorClass))
        .put("error", execution.failure().map(Failure::message))
        .put("parent_id", execution.parentId())
        .put("replay_of", execution.replayOf())
        .put(
            "progress",
            execution
                .progress()
                .map(
                    it ->
                        JsonObject.builder()
                            .put("fraction", it.fraction())
                            .put("message", it.message())
                            .build()))
        .build();
  }

  private static JsonObject json(Attempt attempt) {
    return JsonObject.builder()
        .put("number", attempt.number())
        .put("status", attempt.status().name())
        .put("status_code", attempt.statusCode())
        .put("latency_ms", attempt.latency().toMillis())
        .put("error_class", attempt.errorClass())
        .put("error", attempt.error())
        .put("body_preview", attempt.bodyPreview())
        .put("response_headers", attempt.headers())
        .put("started_at", attempt.startedAt())
        .put("node", attempt.node())
        .build();
  }
}
