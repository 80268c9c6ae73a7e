package io.trigrun.workflow.definition;

import io.trigrun.BackoffPolicy;
import io.trigrun.Json;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.definition.StepOptions.OnCrash;
import io.trigrun.workflow.definition.StepOptions.OnError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@link Step}s. */
final class StepReader {

  private static final int DEEPEST = 10;
  private static final String TYPES =
      "http, wait_for_webhook, approval, handler, switch, parallel, foreach, delay, workflow,"
          + " notify, set or stop";

  private final Problems problems;
  private int depth;

  StepReader(Problems problems) {
    this.problems = problems;
  }

  List<Step> list(JsonFields fields, String name) {
    List<Step> steps = new ArrayList<>();
    List<JsonNode> nodes = fields.list(name);
    problems.check(depth < DEEPEST, fields.pointer(name), "at most 10 levels of steps", "more");
    if (depth >= DEEPEST) {
      return steps;
    }
    depth++;
    for (int i = 0; i < nodes.size(); i++) {
      step(new JsonFields(nodes.get(i), fields.pointer(name) + "/" + i, problems))
          .ifPresent(steps::add);
    }
    depth--;
    return steps;
  }

  private Optional<Step> step(JsonFields fields) {
    String id = fields.text("id");
    String type = fields.text("type");
    Optional<StepOptions> options = options(fields);
    StepOptions common = options.orElseGet(StepOptions::none);
    Optional<? extends Step> step =
        switch (type) {
          case "http" -> http(fields, id, common);
          case "handler" -> handler(fields, id, common);
          case "wait_for_webhook" -> waitStep(fields, id, common);
          case "approval" -> approval(fields, id, common);
          case "switch" -> choose(fields, id, common);
          case "parallel" -> parallel(fields, id, common);
          case "foreach" -> forEach(fields, id, common);
          case "delay" -> delay(fields, id, common);
          case "workflow" -> runJob(fields, id, common);
          case "notify" -> tell(fields, id, common);
          case "set" -> set(fields, id, common);
          case "stop" -> stop(fields, id, common);
          default -> unknown(fields, type);
        };
    if (step.isPresent() || isKnown(type)) {
      fields.refuseOthers();
    }
    return step.map(known -> known);
  }

  private static boolean isKnown(String type) {
    return List.of(TYPES.split(",? or |, ?")).contains(type);
  }

  private Optional<Step> unknown(JsonFields fields, String type) {
    if (!type.isEmpty()) {
      problems.add(fields.pointer("type"), TYPES, type);
    }
    return Optional.empty();
  }

  private Optional<StepOptions> options(JsonFields fields) {
    Optional<Condition> when =
        fields.maybe("when").flatMap(node -> condition(node, fields.pointer("when")));
    Optional<Duration> timeout = fields.seconds("timeout_seconds");
    StepRetry retry =
        fields
            .maybe("retry")
            .flatMap(node -> retry(new JsonFields(node, fields.pointer("retry"), problems)))
            .orElseGet(StepRetry::none);
    OnError onError = word(fields, "on_error", OnError.values(), OnError.FAIL);
    OnCrash onCrash = word(fields, "on_crash", OnCrash.values(), OnCrash.RETRY);
    Map<String, Extract> extract = extracts(fields, "extract");
    Map<String, Extract> toContext = extracts(fields, "extract_to_context");
    return fields.make(
        () -> new StepOptions(when, timeout, retry, onError, onCrash, extract, toContext));
  }

  private <E extends Enum<E>> E word(JsonFields fields, String name, E[] words, E byDefault) {
    Optional<String> text = fields.maybeText(name);
    for (E word : words) {
      if (text.filter(it -> it.equals(JsonWords.of(word))).isPresent()) {
        return word;
      }
    }
    text.ifPresent(it -> problems.add(fields.pointer(name), "one of " + JsonWords.of(words), it));
    return byDefault;
  }

  private Optional<StepRetry> retry(JsonFields fields) {
    int attempts = fields.number("max_attempts", 1);
    BackoffPolicy standard = StepRetry.none().backoff();
    double initial = fields.decimal("initial_seconds", seconds(standard.initial()));
    double multiplier = fields.decimal("multiplier", standard.multiplier());
    double max = fields.decimal("max_seconds", Math.max(initial, seconds(standard.max())));
    double jitter = fields.decimal("jitter", standard.jitter());
    fields.refuseOthers();
    return fields.make(
        () ->
            new StepRetry(
                attempts, new BackoffPolicy(duration(initial), multiplier, duration(max), jitter)));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(Math.min(seconds, 1e9) * 1000));
  }

  private Map<String, Extract> extracts(JsonFields fields, String name) {
    Map<String, Extract> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : fields.members(name)) {
      String place =
          fields.pointer(name) + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
      extract(member.getValue(), place, fields).ifPresent(it -> all.put(member.getKey(), it));
    }
    return all;
  }

  /** A path, or {@code {"path", "default"}}. */
  private Optional<Extract> extract(JsonNode node, String place, JsonFields fields) {
    if (node.isString()) {
      return fields.make(place, () -> Extract.of(node.stringValue()));
    }
    JsonFields parts = new JsonFields(node, place, problems);
    String path = parts.text("path");
    Optional<Json> byDefault = parts.json("default");
    parts.refuseOthers();
    return parts.make(() -> new Extract(path, byDefault));
  }

  private Optional<Condition> condition(JsonNode node, String place) {
    JsonFields fields = new JsonFields(node, place, problems);
    if (fields.maybe("all").isPresent()) {
      List<Condition> parts = conditions(fields, "all");
      fields.refuseOthers();
      return fields.make(() -> new Condition.All(parts));
    }
    if (fields.maybe("any").isPresent()) {
      List<Condition> parts = conditions(fields, "any");
      fields.refuseOthers();
      return fields.make(() -> new Condition.AnyOf(parts));
    }
    Optional<JsonNode> not = fields.maybe("not");
    if (not.isPresent()) {
      fields.refuseOthers();
      return condition(not.get(), fields.pointer("not")).map(Condition.Not::new);
    }
    if (fields.maybe("exists").isPresent()) {
      String reference = fields.text("exists");
      fields.refuseOthers();
      return fields.make(() -> Condition.exists(reference));
    }
    Json left = required(fields, "left");
    Comparison is = word(fields, "is", Comparison.values(), Comparison.EQUALS);
    problems.check(
        fields.maybe("is").isPresent(),
        fields.pointer("is"),
        "one of " + JsonWords.of(Comparison.values()) + " (or all, any, not, exists instead)",
        "nothing");
    Json right = required(fields, "right");
    fields.refuseOthers();
    return fields.make(() -> new Condition.Compare(left, is, right));
  }

  private List<Condition> conditions(JsonFields fields, String name) {
    List<Condition> parts = new ArrayList<>();
    List<JsonNode> nodes = fields.list(name);
    for (int i = 0; i < nodes.size(); i++) {
      condition(nodes.get(i), fields.pointer(name) + "/" + i).ifPresent(parts::add);
    }
    return parts;
  }

  private Json required(JsonFields fields, String name) {
    Optional<Json> value = fields.json(name);
    problems.check(value.isPresent(), fields.pointer(name), "a JSON value", "nothing");
    return value.orElse(Json.EMPTY_OBJECT);
  }

  private Optional<HttpStep> http(JsonFields fields, String id, StepOptions options) {
    Optional<JsonNode> node = fields.maybe("request");
    problems.check(node.isPresent(), fields.pointer("request"), "a request", "nothing");
    Optional<StepRequest> request =
        node.flatMap(it -> StepRequest.fromJson(fields.pointer("request"), it, problems));
    return request.flatMap(it -> fields.make(() -> new HttpStep(id, it, options)));
  }

  private Optional<HandlerStep> handler(JsonFields fields, String id, StepOptions options) {
    String handler = fields.text("handler");
    Json input = fields.json("input").orElse(Json.EMPTY_OBJECT);
    return fields.make(() -> new HandlerStep(id, handler, input, options));
  }

  private Optional<WaitStep> waitStep(JsonFields fields, String id, StepOptions options) {
    OnTimeout onTimeout = onTimeout(fields);
    return fields.make(() -> new WaitStep(id, onTimeout, options));
  }

  private OnTimeout onTimeout(JsonFields fields) {
    Optional<JsonNode> node = fields.maybe("on_timeout");
    if (node.isEmpty()) {
      return OnTimeout.fail();
    }
    if (node.get().isObject()) {
      JsonFields parts = new JsonFields(node.get(), fields.pointer("on_timeout"), problems);
      Json value = required(parts, "continue");
      parts.refuseOthers();
      return new OnTimeout.Continue(value);
    }
    return switch (fields.text("on_timeout")) {
      case "fail" -> OnTimeout.fail();
      case "reject" -> OnTimeout.reject();
      case "approve" -> OnTimeout.approve();
      default -> {
        problems.add(
            fields.pointer("on_timeout"),
            "fail, reject, approve or {\"continue\": value}",
            node.get().toString());
        yield OnTimeout.fail();
      }
    };
  }

  private Optional<ApprovalStep> approval(JsonFields fields, String id, StepOptions options) {
    String title = fields.maybeText("title").orElse("");
    String message = fields.maybeText("message").orElse("");
    Map<String, String> review = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : fields.members("review_fields")) {
      problems.check(
          field.getValue().isString(),
          fields.pointer("review_fields") + "/" + field.getKey(),
          "a text",
          field.getValue().getNodeType());
      review.put(field.getKey(), field.getValue().asString(""));
    }
    List<String> approvers = fields.texts("approvers");
    int required = fields.number("required", 1);
    boolean comment = fields.flag("require_comment", false);
    boolean goesOn = word(fields, "on_reject", OnError.values(), OnError.FAIL) == OnError.CONTINUE;
    OnTimeout onTimeout = onTimeout(fields);
    return fields.make(
        () ->
            new ApprovalStep(
                id, title, message, review, approvers, required, comment, goesOn, onTimeout,
                options));
  }

  private Optional<SwitchStep> choose(JsonFields fields, String id, StepOptions options) {
    List<SwitchStep.Case> cases = new ArrayList<>();
    List<JsonNode> nodes = fields.list("cases");
    for (int i = 0; i < nodes.size(); i++) {
      JsonFields one = new JsonFields(nodes.get(i), fields.pointer("cases") + "/" + i, problems);
      Optional<JsonNode> when = one.maybe("when");
      problems.check(when.isPresent(), one.pointer("when"), "a condition", "nothing");
      List<Step> steps = list(one, "steps");
      one.refuseOthers();
      when.flatMap(node -> condition(node, one.pointer("when")))
          .ifPresent(condition -> cases.add(new SwitchStep.Case(condition, steps)));
    }
    List<Step> otherwise = list(fields, "otherwise");
    return nodes.isEmpty() || !cases.isEmpty()
        ? fields.make(() -> new SwitchStep(id, cases, otherwise, options))
        : Optional.empty();
  }

  private Optional<ParallelStep> parallel(JsonFields fields, String id, StepOptions options) {
    List<ParallelStep.Branch> branches = new ArrayList<>();
    List<JsonNode> nodes = fields.list("branches");
    for (int i = 0; i < nodes.size(); i++) {
      JsonFields one = new JsonFields(nodes.get(i), fields.pointer("branches") + "/" + i, problems);
      String name = one.text("name");
      List<Step> steps = list(one, "steps");
      one.refuseOthers();
      one.make(() -> new ParallelStep.Branch(name, steps)).ifPresent(branches::add);
    }
    Join join = join(fields);
    int most = fields.number("max_concurrent", ParallelStep.DEFAULT_CONCURRENCY);
    return branches.size() < nodes.size()
        ? Optional.empty()
        : fields.make(() -> new ParallelStep(id, branches, join, most, options));
  }

  /** {@code all}, {@code any} or a number. */
  private Join join(JsonFields fields) {
    Optional<JsonNode> node = fields.maybe("join");
    if (node.isEmpty()) {
      return Join.all();
    }
    if (node.get().isIntegralNumber() && node.get().canConvertToInt()) {
      return fields.make(() -> Join.atLeast(node.get().intValue())).orElseGet(Join::all);
    }
    String word = node.get().asString("");
    problems.check(
        word.equals("all") || word.equals("any"),
        fields.pointer("join"),
        "all, any or a number",
        node.get().toString());
    return word.equals("any") ? Join.any() : Join.all();
  }

  private Optional<ForEachStep> forEach(JsonFields fields, String id, StepOptions options) {
    Json items = required(fields, "items");
    List<Step> steps = list(fields, "steps");
    Join join = join(fields);
    int most = fields.number("max_concurrent", ForEachStep.DEFAULT_CONCURRENCY);
    return fields.make(() -> new ForEachStep(id, items, steps, join, most, options));
  }

  private Optional<DelayStep> delay(JsonFields fields, String id, StepOptions options) {
    Optional<JsonNode> time = fields.maybe("for_seconds");
    Optional<String> until = fields.maybeText("until");
    problems.check(
        time.isPresent() != until.isPresent(),
        fields.pointer("for_seconds"),
        "either for_seconds or until",
        time.isPresent() ? "both" : "neither");
    double seconds = fields.decimal("for_seconds", 1);
    return fields.make(
        () ->
            new DelayStep(
                id,
                until
                    .<DelayStep.Until>map(DelayStep.At::new)
                    .orElseGet(() -> new DelayStep.After(duration(seconds))),
                options));
  }

  private Optional<RunJobStep> runJob(JsonFields fields, String id, StepOptions options) {
    String job = fields.text("job");
    Json input = fields.json("input").orElse(Json.EMPTY_OBJECT);
    boolean waits = fields.flag("wait", true);
    return fields.make(() -> new RunJobStep(id, job, input, waits, options));
  }

  private Optional<NotifyStep> tell(JsonFields fields, String id, StepOptions options) {
    String channel = fields.text("channel");
    String title = fields.text("title");
    String text = fields.maybeText("text").orElse("");
    return fields.make(() -> new NotifyStep(id, channel, title, text, options));
  }

  private Optional<SetStep> set(JsonFields fields, String id, StepOptions options) {
    Json values = required(fields, "values");
    return fields.make(() -> new SetStep(id, values, options));
  }

  private Optional<StopStep> stop(JsonFields fields, String id, StepOptions options) {
    String outcome = fields.maybeText("outcome").orElse("succeed");
    problems.check(
        outcome.equals("succeed") || outcome.equals("fail"),
        fields.pointer("outcome"),
        "succeed or fail",
        outcome);
    String message = fields.maybeText("message").orElse("");
    Json output = fields.json("output").orElse(Json.EMPTY_OBJECT);
    return fields.make(() -> new StopStep(id, !outcome.equals("fail"), message, output, options));
  }
}
