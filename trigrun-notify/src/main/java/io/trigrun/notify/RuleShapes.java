package io.trigrun.notify;

import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import io.trigrun.validation.Durations;
import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules as the HTTP surface says them. */
final class RuleShapes {

  private static final String LABEL = "label";
  private static final String WORKSPACE = "workspace";
  private static final String DIGEST = "digest";
  private static final String FLAPPING = "flapping";

  private static final String EVENTS =
      NotificationEvent.builtIn().stream()
          .map(NotificationEvent::ruleName)
          .collect(Collectors.joining(", "));

  private static final ObjectShape DIGEST_SHAPE =
      Shape.object("Digest", "Collects messages and sends one summary of them")
          .required("cron", Shape.text("when: five fields"))
          .optional("timezone", Shape.text("whose wall clock counts; UTC by default"));

  private static final ObjectShape FLAPPING_SHAPE =
      Shape.object("Flapping", "When ups and downs are too many to be told")
          .required("changes", Shape.whole("so many of them").range(3, 100))
          .required("within", Shape.text("in so short a time: 1h"))
          .optional("steady_for", Shape.text("so long without any is steady; within by default"));

  static final ObjectShape DRAFT =
      Shape.object("NotificationRuleDraft", "A new rule")
          .required("channel_id", Shape.id("who is told"))
          .required("event", Shape.text("what: " + EVENTS + ", or one of the host's").length(1, 64))
          .optional(DIGEST, DIGEST_SHAPE)
          .optional(TemplateBody.TEMPLATE, ChannelShapes.TEMPLATE.orNull())
          .optional(FLAPPING, FLAPPING_SHAPE.orNull());

  static final ObjectShape COMMON_DRAFT =
      DRAFT
          .extended("CommonRuleDraft", "A new rule about many; it has either label or workspace")
          .optional(LABEL, Shape.text("about all that carry it"))
          .optional(WORKSPACE, Shape.flag("true: about all of the workspace"));

  static final ObjectShape RULE =
      Shape.object("NotificationRule", "Says that a channel gets a message when something happens")
          .required("id", Shape.id("unique, for ever"))
          .optional("job_id", Shape.id("the job that it is about, if it is about one"))
          .optional("monitor_id", Shape.id("the monitor, if it is about one"))
          .optional(LABEL, Shape.text("the label, if it is about one"))
          .optional(WORKSPACE, Shape.flag("true, if it is about all of the workspace"))
          .required("channel_id", Shape.id("who is told"))
          .required("channel_name", Shape.text("what that is called"))
          .required("channel_type", Shape.text("which kind it is"))
          .required("event", Shape.text("what is told"))
          .optional(DIGEST, DIGEST_SHAPE)
          .optional(TemplateBody.TEMPLATE, ChannelShapes.TEMPLATE)
          .optional(FLAPPING, FLAPPING_SHAPE);

  private RuleShapes() {}

  /** What a rule about many is about. */
  static RuleScope scope(JsonObject body) {
    boolean isWhole = body.flag(WORKSPACE).orElse(false);
    Optional<String> label = body.text(LABEL);
    Problems.require(
        isWhole != label.isPresent(),
        LABEL,
        "a label, or workspace: true",
        isWhole ? "both" : "neither");
    return label.map(RuleScope::label).orElseGet(RuleScope::workspace);
  }

  /** Null takes away what the rule has said before. What is wrong is noted. */
  static RuleOptions options(JsonObject body, Problems problems) {
    Optional<Digest> digest = body.object(DIGEST).flatMap(json -> digest(json, problems));
    Optional<MessageTemplate> template = TemplateBody.read(body, problems);
    Optional<Flapping> flapping =
        body.object(FLAPPING)
            .map(json -> flapping(json, problems))
            .orElseGet(() -> Optional.of(Flapping.off()).filter(off -> body.has(FLAPPING)));
    return new RuleOptions(digest, template, flapping);
  }

  static Optional<NotificationEvent> event(JsonObject body, Problems problems) {
    return problems.attempt(() -> NotificationEvent.of(body.text("event").orElseThrow()));
  }

  private static Optional<Digest> digest(JsonObject json, Problems problems) {
    try {
      return Optional.of(
          Digest.cron(json.text("cron").orElseThrow(), json.text("timezone").orElse("UTC")));
    } catch (ValidationException e) {
      for (Problem problem : e.problems()) {
        String field = problem.field().replaceFirst("^schedule", DIGEST);
        problems.add(field, problem.expected(), problem.got());
      }
      return Optional.empty();
    }
  }

  private static Optional<Flapping> flapping(JsonObject json, Problems problems) {
    int changes = json.whole("changes").orElseThrow().intValue();
    Optional<Duration> within = duration(json, "within", problems);
    Optional<Duration> steadyFor = duration(json, "steady_for", problems);
    boolean isComplete = within.isPresent() && json.has("steady_for") == steadyFor.isPresent();
    return isComplete
        ? problems.attempt(
            () -> new Flapping(changes, within.get(), steadyFor.orElse(within.get())))
        : Optional.empty();
  }

  private static Optional<Duration> duration(JsonObject json, String name, Problems problems) {
    Optional<String> text = json.text(name);
    Optional<Duration> duration = text.flatMap(Durations::parse);
    problems.check(
        text.isPresent() == duration.isPresent(),
        FLAPPING + "." + name,
        Durations.EXPECTED,
        text.orElse("nothing"));
    return duration;
  }

  /** With what the guide shows, and the rest only if there is any. */
  static JsonObject of(Rule rule) {
    RuleScope scope = rule.scope();
    JsonObject.Builder json = JsonObject.builder().put("id", rule.id());
    if (scope instanceof RuleScope.OfJob job) {
      json.put("job_id", job.jobId());
    } else if (scope instanceof RuleScope.OfMonitor monitor) {
      json.put("monitor_id", monitor.monitorId());
    } else if (scope instanceof RuleScope.Labelled labelled) {
      json.put(LABEL, labelled.label());
    } else {
      json.put(WORKSPACE, true);
    }
    return json.put("channel_id", rule.channelId())
        .put("channel_name", rule.channelName())
        .put("channel_type", rule.channelType())
        .put("event", rule.event().ruleName())
        .putIfPresent(DIGEST, rule.options().digest().map(RuleShapes::of))
        .putIfPresent(TemplateBody.TEMPLATE, rule.options().template().map(TemplateBody::of))
        .putIfPresent(FLAPPING, rule.options().flapping().map(RuleShapes::of))
        .build();
  }

  private static JsonObject of(Digest digest) {
    return JsonObject.builder()
        .put("cron", digest.schedule().expression())
        .put("timezone", digest.schedule().zone().getId())
        .build();
  }

  private static JsonObject of(Flapping flapping) {
    return JsonObject.builder()
        .put("changes", flapping.changes())
        .put("within", flapping.within().toString())
        .put("steady_for", flapping.steadyFor().toString())
        .build();
  }
}
