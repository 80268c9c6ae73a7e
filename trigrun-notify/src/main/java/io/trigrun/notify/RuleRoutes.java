package io.trigrun.notify;

import io.trigrun.NotFoundException;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.validation.Problems;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rules over HTTP (row N10): of a job, of a monitor, and those about many. */
record RuleRoutes(Notifications notifications) {

  private static final String RULES = "/notification-rules";

  /**
   * Where rules stand.
   *
   * @param path what is before {@link #RULES}
   * @param word in names: {@code job_}
   * @param owner of a call: a job or monitor, none if the rules are about many
   * @param example of a draft
   * @param scope of a call that makes one
   */
  private record Place(
      String path,
      String word,
      String words,
      ObjectShape draft,
      String example,
      Function<Call, Optional<UUID>> owner,
      Function<Call, RuleScope> scope) {}

  private static final Place OF_JOBS =
      new Place(
          "/jobs/{id}",
          "job_",
          " of a job",
          RuleShapes.DRAFT,
          example("\"event\": \"on_failure\""),
          call -> Optional.of(job(call)),
          call -> RuleScope.job(job(call)));

  private static final Place OF_MONITORS =
      new Place(
          "/monitors/{id}",
          "monitor_",
          " of a monitor",
          RuleShapes.DRAFT,
          example("\"event\": \"on_down\""),
          call -> Optional.of(monitor(call)),
          call -> RuleScope.monitor(monitor(call)));

  private static final Place OF_MANY =
      new Place(
          "",
          "common_",
          " about a label or the whole workspace",
          RuleShapes.COMMON_DRAFT,
          example("\"event\": \"on_failure\", \"label\": \"payments\""),
          call -> Optional.empty(),
          call -> RuleShapes.scope(call.body()));

  private static String example(String more) {
    return "{\"channel_id\": \"019cf616-9100-7000-800c-4cdb31c23a2a\", " + more + "}";
  }

  List<Route> all() {
    return Stream.of(OF_JOBS, OF_MONITORS, OF_MANY)
        .flatMap(place -> routes(place).stream())
        .toList();
  }

  private List<Route> routes(Place place) {
    String all = place.path() + RULES;
    String one = all + "/{rule_id}";
    return List.of(
        Route.post(
                all,
                "add_" + place.word() + "rule",
                "Adds a rule" + place.words() + "; 200 if it was there")
            .takes(place.draft())
            .example("failures", place.example())
            .reviewedBy(call -> review(call, place))
            .makes()
            .answers(201, RuleShapes.RULE)
            .answers(200, RuleShapes.RULE)
            .refuses(ErrorCode.CONFLICT)
            .to(call -> add(call, place)),
        Route.get(
                all,
                "list_" + place.word() + "rules",
                "Lists the rules" + place.words() + ", newest first")
            .paged()
            .answers(200, Shape.page(RuleShapes.RULE))
            .to(call -> list(call, place)),
        Route.get(one, "get_" + place.word() + "rule", "A rule" + place.words())
            .answers(200, RuleShapes.RULE)
            .to(call -> answer(get(call, place))),
        Route.delete(one, "remove_" + place.word() + "rule", "Removes a rule" + place.words())
            .conditional()
            .answers(204)
            .to(call -> remove(call, place)));
  }

  private Answer add(Call call, Place place) {
    RuleScope scope = place.scope().apply(call);
    Problems problems = new Problems();
    RuleOptions options = RuleShapes.options(call.body(), problems);
    Optional<NotificationEvent> event = RuleShapes.event(call.body(), problems);
    problems.throwIfAny();
    UUID channelId = UUID.fromString(call.body().text("channel_id").orElseThrow());
    Rules.Put put = rules(call).put(scope, channelId, event.orElseThrow(), options);
    return put.isNew()
        ? Answer.created(RuleShapes.of(put.rule())).tagged(put.rule().version())
        : answer(put.rule());
  }

  private static void review(Call call, Place place) {
    Problems problems = new Problems();
    RuleOptions unusedOptions = RuleShapes.options(call.body(), problems);
    Optional<NotificationEvent> unusedEvent = RuleShapes.event(call.body(), problems);
    problems.throwIfAny();
    RuleScope unusedScope = place.scope().apply(call);
  }

  private Answer list(Call call, Place place) {
    return Answer.page(
        rules(call).list(place.owner().apply(call), call.limit(), call.cursor()), RuleShapes::of);
  }

  private Answer remove(Call call, Place place) {
    return call.unlessChanged(
        () -> {
          Rule now = get(call, place);
          call.requireTag(now.version());
          rules(call).remove(now.id(), now.version());
          return Answer.done();
        });
  }

  private Rule get(Call call, Place place) {
    UUID ruleId = call.id("rule_id");
    return rules(call)
        .find(place.owner().apply(call), ruleId)
        .orElseThrow(() -> new NotFoundException("notification rule", ruleId));
  }

  private static UUID job(Call call) {
    UUID id = call.id();
    if (call.workspace().jobs().find(id).isEmpty()) {
      throw new NotFoundException("job", id);
    }
    return id;
  }

  private static UUID monitor(Call call) {
    UUID id = call.id();
    if (call.workspace().monitors().find(id).isEmpty()) {
      throw new NotFoundException("monitor", id);
    }
    return id;
  }

  private Rules rules(Call call) {
    return notifications.rules(call.workspace().name());
  }

  private static Answer answer(Rule rule) {
    return Answer.ok(RuleShapes.of(rule)).tagged(rule.version());
  }
}
