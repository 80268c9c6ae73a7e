package io.trigrun.internal.management;

import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Executions;
import io.trigrun.NotFoundException;
import io.trigrun.Trigger;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.spi.ExecutionPart;
import io.trigrun.spi.UniqueKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Executions (rows S7 and S13): what ran, runs and will run. The library's own are not there. */
final class ExecutionRoutes {

  private static final String ONE = "/executions/{id}";

  private final ExecutionJson json;
  private final List<ExecutionPart> parts;

  ExecutionRoutes(ExecutionJson json, List<ExecutionPart> parts) {
    this.json = json;
    this.parts = parts;
  }

  List<Route> all() {
    return Stream.concat(
            own().stream(), parts.stream().flatMap(part -> part.verbs().stream()).map(this::verb))
        .toList();
  }

  private Route verb(ExecutionPart.Verb verb) {
    return Route.post(ONE + "/" + verb.name(), verb.name() + "_execution", verb.summary())
        .makes()
        .answers(202, json.whole())
        .refuses(ErrorCode.CONFLICT)
        .to(
            call -> {
              verb.action().accept(call, find(call));
              return Answer.accepted(json.whole(call, find(call)));
            })
        .showing(verb.example().map(example -> Map.of(202, example)).orElseGet(Map::of));
  }

  private List<Route> own() {
    return List.of(
        Route.get("/executions", "list_executions", "Lists executions, newest first")
            .paged()
            .query("job_id", Shape.id("only runs of this job"))
            .query("parent_id", Shape.id("only what this execution brought about"))
            .query("status", Shape.words("only those", ExecutionJson.statuses()))
            .answers(200, Shape.page(ExecutionJson.SUMMARY))
            .to(this::list),
        Route.get(ONE, "get_execution", "An execution with its attempts")
            .answers(200, json.whole())
            .to(call -> Answer.ok(json.whole(call, find(call)))),
        Route.post(ONE + "/replay", "replay_execution", "Does the same again, as a new execution")
            .makes()
            .answers(202, json.whole())
            .refuses(ErrorCode.CONFLICT)
            .to(this::replay),
        Route.post(ONE + "/cancel", "cancel_execution", "Takes back what has not ended")
            .answers(200, json.whole())
            .refuses(ErrorCode.CONFLICT)
            .to(this::cancel));
  }

  private Answer list(Call call) {
    ExecutionQuery query = executions(call).query().ofHost().limit(call.limit());
    query = call.query("job_id").map(UUID::fromString).map(query::job).orElse(query);
    query = call.query("parent_id").map(UUID::fromString).map(query::parent).orElse(query);
    query = call.query("status").map(ExecutionRoutes::state).map(query::states).orElse(query);
    query = call.cursor().map(query::after).orElse(query);
    return json.page(call, executions(call).list(query));
  }

  private static ExecutionState state(String word) {
    return Arrays.stream(ExecutionState.values())
        .filter(state -> state.jsonName().equals(word))
        .findFirst()
        .orElseThrow();
  }

  private Answer replay(Call call) {
    UUID original = find(call).id();
    Execution replay =
        call.uniqueKey()
            .map(UniqueKey::whileKept)
            .map(key -> executions(call).replay(original, key))
            .orElseGet(() -> executions(call).replay(original));
    return Answer.accepted(json.whole(call, replay));
  }

  private Answer cancel(Call call) {
    Execution execution = find(call);
    if (!executions(call).cancel(execution.id(), "cancelled by " + call.caller())) {
      Execution now = find(call);
      throw new ConflictException(
          "expected an execution that has not ended, it is " + now.state().jsonName());
    }
    return Answer.ok(json.whole(call, find(call)));
  }

  private static Execution find(Call call) {
    return Optional.of(call.id())
        .flatMap(executions(call)::find)
        .filter(execution -> execution.trigger() != Trigger.SYSTEM)
        .orElseThrow(() -> new NotFoundException("execution", call.id()));
  }

  private static Executions executions(Call call) {
    return call.workspace().executions();
  }
}
