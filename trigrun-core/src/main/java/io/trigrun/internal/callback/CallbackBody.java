package io.trigrun.internal.callback;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.handler.ParentRun;
import io.trigrun.http.BodyPreview;
import io.trigrun.spi.AttemptEnd;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON that a callback posts: the keys of the guide's webhook payload in its order, then what a
 * callback has more, the result in full and the runs that led to it.
 */
final class CallbackBody {

  private static final int PREVIEW_BYTES = 4_096;
  private static final int NAME_BYTES = 800;
  private static final int WORD_BYTES = 200;
  private static final int LOG_BYTES = 1_024;
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private CallbackBody() {}

  static String of(AttemptEnd end, Job job, String event, Optional<ParentRun> parent) {
    Execution run = end.execution();
    ObjectNode body = CallbackPayload.JSON.createObjectNode();
    body.put("event", event);
    body.putObject("job")
        .put("id", job.id().toString())
        .put("name", BodyPreview.cut(job.name(), NAME_BYTES));
    execution(body.putObject("execution"), end);
    body.set("output", run.output().map(CallbackBody::json).orElse(null));
    body.put("timestamp", MILLIS.format(end.at()));
    body.set("triggered_by_job_run", parent.map(CallbackBody::parent).orElse(null));
    return CallbackPayload.JSON.writeValueAsString(body);
  }

  private static void execution(ObjectNode node, AttemptEnd end) {
    Execution run = end.execution();
    Optional<Failure> failure =
        run.failure().filter(why -> run.state() != ExecutionState.SUCCEEDED);
    node.put("id", run.id().toString())
        .put("status", run.state().jsonName())
        .put("status_code", end.attempt().flatMap(Attempt::statusCode).orElse(null))
        .put(
            "body_preview",
            end.attempt()
                .flatMap(Attempt::bodyPreview)
                .map(text -> BodyPreview.cut(text, PREVIEW_BYTES))
                .orElse(null))
        .put(
            "error_class",
            failure.map(why -> BodyPreview.cut(why.errorClass(), WORD_BYTES)).orElse(null))
        .put(
            "error", failure.map(why -> BodyPreview.cut(why.message(), PREVIEW_BYTES)).orElse(null))
        .put("attempts", run.attempt())
        .put("triggered_by", word(run.trigger()))
        .put("scheduled_for", MILLIS.format(run.scheduledFor()))
        .put("started_at", run.startedAt().map(MILLIS::format).orElse(null))
        .put("finished_at", MILLIS.format(run.finishedAt().orElse(end.at())));
  }

  private static ObjectNode parent(ParentRun run) {
    ObjectNode node = CallbackPayload.JSON.createObjectNode();
    node.put("execution_id", run.executionId().toString())
        .put("job_id", run.jobId().toString())
        .put("name", run.jobName().map(name -> BodyPreview.cut(name, NAME_BYTES)).orElse(null))
        .put("status", run.state().jsonName())
        .put("event", run.event().map(event -> event.jsonName()).orElse(null))
        .put("attempt", run.attempt())
        .put(
            "error_class",
            run.failure().map(why -> BodyPreview.cut(why.errorClass(), WORD_BYTES)).orElse(null))
        .put("log", run.log().map(text -> BodyPreview.cut(text, LOG_BYTES)).orElse(null))
        .put("triggered_at", MILLIS.format(run.triggeredAt()))
        .put("triggered_by", word(run.trigger()));
    node.set("triggered_by_job_run", run.parent().map(CallbackBody::parent).orElse(null));
    return node;
  }

  private static JsonNode json(String output) {
    try {
      return CallbackPayload.JSON.readTree(output);
    } catch (JacksonException
        | NumberFormatException e) { // not a JSON text after all: nothing that could be passed on
      return JsonNodeFactory.instance.nullNode();
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
