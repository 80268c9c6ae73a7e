package io.trigrun.internal.management;

import io.trigrun.JobState;
import io.trigrun.JobTriggers;
import io.trigrun.Labels;
import io.trigrun.Priority;
import io.trigrun.TriggerEvent;
import io.trigrun.route.ChoiceShape;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.ObjectShape.Field;
import io.trigrun.route.Shape;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.JobKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs of all kinds: as new ones are given, as changes are, and as they are answered. */
final class JobShapes {

  static final Shape NAME = Shape.text("unique in the workspace").length(1, 200);
  private static final Shape MINUTES =
      Shape.whole("counted from when the job was created").range(1, 1_440);
  private static final Shape SPAN = Shape.text("1 s to 366 days: 90s, 1h30m or PT90S");
  private static final Shape CRON = Shape.text("five fields: 0 6 * * 1-5");
  private static final Shape ZONE = Shape.text("Europe/Zurich for example; UTC by default");
  private static final Shape RUN_AT = Shape.instant("when it runs, once");

  private static final ObjectShape RECURRING =
      Shape.object("RecurringSchedule", "Again and again, so far apart: one of the two")
          .optional("every_n_minutes", MINUTES)
          .optional("interval", SPAN);
  private static final ObjectShape CRON_SCHEDULE =
      Shape.object("CronSchedule", "By the clock on the wall of a time zone")
          .required("cron", CRON)
          .optional("timezone", ZONE);
  private static final ObjectShape ONCE =
      Shape.object("OnceSchedule", "Once, at an instant").required("run_at", RUN_AT);
  private static final ObjectShape NONE = Shape.object("NoSchedule", "Nothing needs to be said");
  static final ObjectShape ANY_SCHEDULE =
      Shape.object("Schedule", "One of them; without any it runs when somebody asks")
          .optional("every_n_minutes", MINUTES)
          .optional("interval", SPAN)
          .optional("cron", CRON)
          .optional("timezone", ZONE)
          .optional("run_at", RUN_AT);

  private static final ObjectShape BACKOFF =
      Shape.object("Backoff", "How long to wait in between")
          .optional("initial", Shape.text("after the first attempt; 250 ms by default: PT0.25S"))
          .optional("multiplier", Shape.number("by what waits grow; 2 by default").range(1, 100))
          .optional("max", Shape.text("the longest; an hour by default"))
          .optional("jitter", Shape.number("how much of it is left to chance").range(0, 1));
  private static final ObjectShape RETRY =
      Shape.object("RetryPolicy", "When a failed attempt is followed by another")
          .optional("max_attempts", Shape.whole("the first included; 3 by default").range(1, 100))
          .optional(
              "retry_on_statuses",
              Shape.list(
                  "429, 500, 502, 503 and 504 by default", Shape.whole("a status").range(100, 599)))
          .optional("backoff", BACKOFF);
  private static final ObjectShape MISSED =
      Shape.object("MissedRunPolicy", "What happens to firings that nobody was there for")
          .optional("policy", Shape.words("run_once by default", "run_once", "skip", "run_all"))
          .optional("bound", Shape.whole("how many, for run_all").range(1, 1_000))
          .optional("tolerance", Shape.text("what is later is missed; a minute by default"));
  private static final ObjectShape RATE =
      Shape.object("RateLimit", "How often its attempts may start")
          .required("limit", Shape.whole("so many").range(1, 1_000_000))
          .required("per_seconds", Shape.number("within 0.1 to 86,400 seconds"));
  private static final ObjectShape TRIGGERS =
      Shape.object("JobTriggers", "What an event starts")
          .required(
              "trigger_job",
              Shape.list("names of jobs", Shape.text("a name").length(1, 200))
                  .length(0, JobTriggers.MOST));

  /** The fields that say what a job of core's own does: one of the three. */
  static final List<Set<String>> ACTIONS =
      List.of(Set.of("request"), Set.of("handler", "payload"), Set.of("command"));

  private static final List<Field> ACTION =
      Shape.object("Action", "")
          .optional("request", RequestShapes.REQUEST)
          .optional("handler", Shape.text("the Java handler that it runs").length(1, 100))
          .optional("payload", Shape.any("the input of the handler"))
          .optional("command", RequestShapes.COMMAND)
          .fields();

  private static final List<Field> POLICIES = policies();

  private final Map<String, JobKind> kinds;
  private final Map<String, ObjectShape> drafts = new LinkedHashMap<>();
  private final ObjectShape change;
  private final ChoiceShape draft;
  private final ChoiceShape job;
  private final ChoiceShape created;

  JobShapes(Map<String, JobKind> kinds) {
    this.kinds = kinds;
    Map<String, ObjectShape> jobs = new LinkedHashMap<>();
    Map<String, ObjectShape> news = new LinkedHashMap<>();
    Set<String> known = new LinkedHashSet<>();
    List<Field> changes = new ArrayList<>();
    for (String kind : kindWords()) {
      ObjectShape one = draft(kind);
      drafts.put(kind, one);
      one.fields().stream().filter(field -> known.add(field.name())).forEach(changes::add);
      ObjectShape answer = answer(kind, one);
      jobs.put(kind, answer);
      news.put(kind, created(kind, answer));
    }
    this.draft = Shape.choice("JobDraft", "A new job", "kind", drafts);
    this.job = Shape.choice("Job", "What runs, and when", "kind", jobs);
    this.created = Shape.choice("CreatedJob", "A new job, with what is shown once", "kind", news);
    this.change =
        Shape.object("JobChange", "What is to be different; the rest stays, null takes back")
            .optional("kind", Shape.words("another kind of schedule", kindWords()))
            .with(
                Shape.object("Changes", "")
                    .with(changes.stream().map(this::ofAnyKind).toList())
                    .without(Set.of("state"))
                    .change("Changes", "")
                    .fields());
  }

  /** Schedules differ by kind, and a change may name another kind. */
  private Field ofAnyKind(Field field) {
    return field.name().equals("schedule") ? new Field("schedule", false, ANY_SCHEDULE) : field;
  }

  private List<String> kindWords() {
    List<String> words =
        new ArrayList<>(
            Arrays.stream(Schedule.Kind.values()).map(Schedule.Kind::jsonName).toList());
    words.addAll(kinds.keySet());
    return words;
  }

  /** A new job of any kind. */
  ChoiceShape draft() {
    return draft;
  }

  /** A new job of one kind, if it is known. */
  Optional<ObjectShape> draftOf(String kind) {
    return Optional.ofNullable(drafts.get(kind));
  }

  ObjectShape change() {
    return change;
  }

  ChoiceShape job() {
    return job;
  }

  ChoiceShape created() {
    return created;
  }

  private ObjectShape draft(String kind) {
    ObjectShape shape =
        Shape.object(camel(kind) + "JobDraft", "A new job of the kind " + kind)
            .required("name", NAME)
            .optional("state", Shape.words("draft for one that is not to run", "active", "draft"));
    JobKind extension = kinds.get(kind);
    if (extension == null) {
      shape = schedule(shape, kind).with(ACTION);
    } else {
      shape = extension.isScheduled() ? shape.optional("schedule", ANY_SCHEDULE) : shape;
      shape = shape.with(extension.settings().fields());
    }
    return shape.with(POLICIES);
  }

  private static ObjectShape schedule(ObjectShape shape, String kind) {
    return switch (Schedule.Kind.ofJsonName(kind).orElseThrow()) {
      case RECURRING -> shape.required("schedule", RECURRING);
      case CRON -> shape.required("schedule", CRON_SCHEDULE);
      case SCHEDULED -> shape.required("schedule", ONCE);
      case ONE_TIME, MANUAL -> shape.optional("schedule", NONE);
    };
  }

  private ObjectShape answer(String kind, ObjectShape draft) {
    ObjectShape shape =
        Shape.object(camel(kind) + "Job", "A job of the kind " + kind)
            .required("id", Shape.id("unique, for ever"))
            .required("name", NAME)
            .required("state", Shape.words("where it stands", JobState.values()));
    for (Field field : draft.without(Set.of("name", "state")).fields()) {
      if (!field.shape().isSecret()) {
        shape = shape.with(List.of(answered(kind, field)));
      }
    }
    JobKind extension = kinds.get(kind);
    shape = extension == null ? shape : shape.with(extension.facts().fields());
    return shape
        .required("next_run_at", Shape.instant("when its schedule fires next").orNull())
        .required("created_at", Shape.instant("when it was created"))
        .required("updated_at", Shape.instant("when it was last changed"));
  }

  /** What is always there; that of extensions and what a job does may be missing. */
  private Field answered(String kind, Field field) {
    Shape shape = field.shape();
    boolean isAlways = field.name().equals("schedule") || POLICIES.contains(field);
    if (JobJson.NULLABLE.contains(field.name())) {
      shape = shape.orNull();
    }
    boolean isOfExtension = kinds.containsKey(kind) && !isAlways;
    return new Field(field.name(), isAlways || (isOfExtension && field.isRequired()), shape);
  }

  private ObjectShape created(String kind, ObjectShape answer) {
    JobKind extension = kinds.get(kind);
    List<Field> once = extension == null ? List.of() : extension.shownOnce().fields();
    return once.isEmpty()
        ? answer
        : answer.extended("Created" + answer.name(), answer.about() + ", just created").with(once);
  }

  private static String camel(String word) {
    return Arrays.stream(word.split("_"))
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining());
  }

  private static List<Field> policies() {
    ObjectShape all =
        Shape.object("Policies", "")
            .optional("retry_policy", RETRY)
            .optional("missed_run_policy", MISSED)
            .optional(
                "overlap_policy",
                Shape.words("skip: none while an earlier run goes on", OverlapPolicy.values()))
            .optional("priority", Shape.words("normal by default", Priority.values()))
            .optional("queue", Shape.text("what it shares permits with").length(1, 100))
            .optional(
                "max_concurrent_executions", Shape.whole("0 is any number").range(0, 1_000_000))
            .optional("rate_limit", RATE);
    for (TriggerEvent event : TriggerEvent.values()) {
      all = all.optional(event.jsonName(), TRIGGERS);
    }
    return all.optional("on_success_url", Shape.text("gets results of runs that succeeded"))
        .optional("on_failure_url", Shape.text("gets results of runs that failed"))
        .optional("callback_secret", Shape.text("signs these: secret://name"))
        .optional(
            "labels",
            Shape.list("what it belongs to, for rules about many jobs", Shape.text("a label"))
                .length(0, Labels.MOST))
        .fields();
  }
}
