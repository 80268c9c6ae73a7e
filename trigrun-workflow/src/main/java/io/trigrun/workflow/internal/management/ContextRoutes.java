package io.trigrun.workflow.internal.management;

import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.JsonObject;
import io.trigrun.route.MapShape;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import io.trigrun.workflow.internal.run.Engine;
import io.trigrun.workflow.internal.run.StoredContexts;
import io.trigrun.workflow.internal.run.StoredContexts.Versioned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The persistent contexts of jobs (row W4): an object of texts, without anything around it. */
final class ContextRoutes {

  private static final String PATH = "/jobs/{id}/context";
  private static final MapShape CONTEXT =
      Shape.map("what runs of the job leave for later ones, by key", Shape.text("a value"));
  private static final MapShape CHANGE =
      Shape.map(
          "keys to change; the others stay", Shape.text("a value; null deletes the key").orNull());

  private final Engine engine;

  ContextRoutes(Engine engine) {
    this.engine = engine;
  }

  List<Route> all() {
    return List.of(
        Route.get(PATH, "get_job_context", "What runs of a job leave for later ones")
            .answers(200, CONTEXT)
            .to(call -> answer(contexts(call).find(call.id()))),
        Route.patch(PATH, "update_job_context", "Changes some of what a job keeps between its runs")
            .takes(CHANGE)
            .example("cursor", "{\"cursor\": \"2026-03-16\", \"outdated\": null}")
            .conditional()
            .answers(200, CONTEXT)
            .to(this::update));
  }

  private Answer update(Call call) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    call.body().names().forEach(key -> changes.put(key, call.body().text(key)));
    try {
      return answer(contexts(call).patch(call.id(), changes, call::requireTag));
    } catch (ValidationException e) {
      throw new ValidationException(e.problems().stream().map(ContextRoutes::ofBody).toList());
    }
  }

  /** The context is the body itself: {@code context.cursor} is {@code /cursor}. */
  private static Problem ofBody(Problem problem) {
    String key = problem.field().substring("context".length());
    String pointer =
        key.isEmpty() ? "" : "/" + key.substring(1).replace("~", "~0").replace("/", "~1");
    return new Problem(pointer, problem.expected(), problem.got());
  }

  private StoredContexts contexts(Call call) {
    return engine.contexts(call.workspace().name());
  }

  private static Answer answer(Versioned context) {
    JsonObject.Builder json = JsonObject.builder();
    context.values().forEach(json::put);
    return Answer.ok(json.build()).tagged(context.version());
  }
}
