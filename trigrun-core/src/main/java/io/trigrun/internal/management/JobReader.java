package io.trigrun.internal.management;

import io.trigrun.BackoffPolicy;
import io.trigrun.Callbacks;
import io.trigrun.HandlerCall;
import io.trigrun.JobAction;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.Labels;
import io.trigrun.Priority;
import io.trigrun.RateLimit;
import io.trigrun.RetryPolicy;
import io.trigrun.TriggerEvent;
import io.trigrun.command.CommandActionJson;
import io.trigrun.http.HttpActionJson;
import io.trigrun.route.JsonObject;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.JobKind;
import io.trigrun.validation.Durations;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a job of what a request says. What is wrong with a part is noted and the others are judged,
 * too.
 */
final class JobReader {

  private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

  /** The fields that say when, of which there is one. */
  static final List<String> SCHEDULES = List.of("every_n_minutes", "interval", "cron", "run_at");

  private final Map<String, JobKind> kinds;
  private final JsonObject settings;
  private final Consumer<JobSpec> further;
  private final Problems problems = new Problems();

  private JobReader(Map<String, JobKind> kinds, JsonObject settings, Consumer<JobSpec> further) {
    this.kinds = kinds;
    this.settings = settings;
    this.further = further;
  }

  /**
   * @param settings of the shape of a new job, or nearly so
   * @param further what else to ask about the job if something is wrong already: who saves it asks
   *     that anyway
   * @throws ValidationException with all that is wrong
   */
  static JobSpec read(Map<String, JobKind> kinds, JsonObject settings, Consumer<JobSpec> further) {
    return new JobReader(kinds, settings, further).read();
  }

  private JobSpec read() {
    JobSpec.Builder spec = JobSpec.named(settings.text("name").orElse(""));
    problems.attempt(this::schedule).ifPresent(spec::schedule);
    problems.attempt(this::missed).ifPresent(spec::missed);
    Optional<JobAction> action = problems.attempt(this::action);
    problems.attempt(this::retry).flatMap(retry -> retry).ifPresent(spec::retry);
    problems.attempt(this::rateLimit).flatMap(rate -> rate).ifPresent(spec::rateLimit);
    problems.attempt(this::triggers).ifPresent(spec::triggers);
    problems.attempt(this::callbacks).ifPresent(spec::callbacks);
    problems.attempt(() -> Labels.of(settings.texts("labels"))).ifPresent(spec::labels);
    word("overlap_policy", OverlapPolicy.values()).ifPresent(spec::overlap);
    word("priority", Priority.values()).ifPresent(spec::priority);
    settings.text("queue").ifPresent(spec::queue);
    var unused =
        problems.attempt(
            () -> {
              whole(settings, "max_concurrent_executions").ifPresent(spec::maxConcurrentExecutions);
              return true;
            });
    // What is left to be said, of the name above all, is said even if the action is not known.
    spec.action(action.orElseGet(() -> HandlerCall.of("none")));
    Optional<JobSpec> job = problems.attempt(spec::build);
    if (!problems.isEmpty()) {
      job.ifPresent(this::ask);
    }
    problems.throwIfAny();
    return job.orElseThrow();
  }

  private void ask(JobSpec job) {
    var unused =
        problems.attempt(
            () -> {
              further.accept(job);
              return true;
            });
  }

  private Schedule schedule() {
    String kind = settings.text("kind").orElse("");
    JsonObject schedule = settings.object("schedule").orElseGet(() -> JsonObject.builder().build());
    return Schedule.Kind.ofJsonName(kind)
        .map(known -> ofKind(known, schedule))
        .orElseGet(() -> ofAnyKind(schedule));
  }

  private Schedule ofKind(Schedule.Kind kind, JsonObject schedule) {
    return switch (kind) {
      case CRON -> cron(schedule);
      case RECURRING -> recurring(schedule);
      case SCHEDULED -> runAt(schedule);
      case ONE_TIME -> Schedule.now();
      case MANUAL -> Schedule.manual();
    };
  }

  private Schedule ofAnyKind(JsonObject schedule) {
    List<String> given = SCHEDULES.stream().filter(schedule::has).toList();
    Problems.require(
        given.size() <= 1,
        "schedule",
        "at most one of " + String.join(", ", SCHEDULES),
        String.join(" and ", given));
    Problems.require(
        given.contains("cron") || !schedule.has("timezone"),
        "schedule.timezone",
        "this only with cron",
        "it without");
    if (given.isEmpty()) {
      return Schedule.manual();
    }
    return switch (given.get(0)) {
      case "cron" -> cron(schedule);
      case "run_at" -> runAt(schedule);
      default -> recurring(schedule);
    };
  }

  private static Schedule cron(JsonObject schedule) {
    return Schedule.cron(schedule.text("cron").orElse(""), schedule.text("timezone").orElse("UTC"));
  }

  private static Schedule recurring(JsonObject schedule) {
    Optional<Integer> minutes = whole(schedule, "every_n_minutes");
    Optional<Duration> interval = duration(schedule, "schedule.", "interval");
    Problems.require(
        schedule.has("every_n_minutes") != schedule.has("interval"),
        "schedule",
        "one of every_n_minutes and interval",
        schedule.has("interval") ? "both" : "none");
    return minutes
        .<Schedule>map(Schedule::everyMinutes)
        .orElseGet(() -> Schedule.every(interval.orElse(Duration.ZERO)));
  }

  private static Schedule runAt(JsonObject schedule) {
    String text = schedule.text("run_at").orElse("");
    try {
      return Schedule.at(Instant.parse(text));
    } catch (DateTimeException e) {
      Problems.require(false, "schedule.run_at", "an instant like 2030-01-31T03:00:00Z", "another");
      throw e;
    }
  }

  private MissedRunPolicy missed() {
    Optional<JsonObject> given = settings.object("missed_run_policy");
    if (given.isEmpty()) {
      return MissedRunPolicy.runOnce();
    }
    String word = given.get().text("policy").orElse("run_once");
    Optional<Integer> bound = whole(given.get(), "bound");
    Problems.require(
        bound.isEmpty() || word.equals("run_all"),
        "missed_run_policy.bound",
        "this only with run_all",
        "it with " + word);
    MissedRunPolicy policy =
        switch (word) {
          case "run_all" -> MissedRunPolicy.runAll(bound.orElse(0));
          case "skip" -> MissedRunPolicy.skip();
          default -> MissedRunPolicy.runOnce();
        };
    return duration(given.get(), "missed_run_policy.", "tolerance")
        .map(policy::tolerance)
        .orElse(policy);
  }

  private JobAction action() {
    JobKind extension = kinds.get(settings.text("kind").orElse(""));
    if (extension != null) {
      return extension.action(settings);
    }
    List<String> given =
        List.of("request", "handler", "command").stream().filter(settings::has).toList();
    Problems.require(
        given.size() == 1,
        given.size() < 2 ? "request" : given.get(1),
        "one of request, handler and command",
        given.isEmpty() ? "none" : String.join(" and ", given));
    String action = given.get(0);
    Problems.require(
        action.equals("handler") || !settings.has("payload"),
        "payload",
        "this only with handler",
        "it with " + action);
    return switch (action) {
      case "request" -> HttpActionJson.fromJson(settings.json("request").orElseThrow().text());
      case "command" -> CommandActionJson.fromJson(settings.json("command").orElseThrow().text());
      default ->
          new HandlerCall(
              settings.text("handler").orElse(""),
              settings.json("payload").orElse(Json.EMPTY_OBJECT));
    };
  }

  private Optional<RetryPolicy> retry() {
    return settings.object("retry_policy").map(JobReader::retry);
  }

  private static RetryPolicy retry(JsonObject given) {
    RetryPolicy standard = RetryPolicy.standard();
    return new RetryPolicy(
        whole(given, "max_attempts").orElse(standard.maxAttempts()),
        given.has("retry_on_statuses")
            ? Set.copyOf(given.wholes("retry_on_statuses"))
            : standard.retryOnStatuses(),
        given.object("backoff").map(JobReader::backoff).orElse(standard.backoff()));
  }

  private static BackoffPolicy backoff(JsonObject given) {
    String at = "retry_policy.backoff.";
    BackoffPolicy standard = BackoffPolicy.standard();
    Duration initial = duration(given, at, "initial").orElse(standard.initial());
    Duration longest = initial.compareTo(standard.max()) > 0 ? initial : standard.max();
    return new BackoffPolicy(
        initial,
        given.number("multiplier").map(BigDecimal::doubleValue).orElse(standard.multiplier()),
        duration(given, at, "max").orElse(longest),
        given.number("jitter").map(BigDecimal::doubleValue).orElse(standard.jitter()));
  }

  private Optional<RateLimit> rateLimit() {
    return settings.object("rate_limit").map(JobReader::rateLimit);
  }

  private static RateLimit rateLimit(JsonObject given) {
    BigDecimal seconds = given.number("per_seconds").orElse(BigDecimal.ZERO);
    Problems.require(
        seconds.signum() >= 0 && seconds.compareTo(DAY) <= 0,
        "rate_limit.per_seconds",
        "0.1 to 86,400 seconds",
        "another number");
    return RateLimit.of(whole(given, "limit").orElse(0), Durations.ofSeconds(seconds));
  }

  private JobTriggers triggers() {
    JobTriggers triggers = JobTriggers.none();
    for (TriggerEvent event : TriggerEvent.values()) {
      List<String> jobs =
          settings.object(event.jsonName()).map(it -> it.texts("trigger_job")).orElse(List.of());
      triggers = triggers.on(event, jobs.toArray(String[]::new));
    }
    return triggers;
  }

  private Callbacks callbacks() {
    return new Callbacks(
        settings.text("on_success_url"),
        settings.text("on_failure_url"),
        settings.text("callback_secret"));
  }

  private <E extends Enum<E>> Optional<E> word(String name, E[] all) {
    return settings
        .text(name)
        .flatMap(
            word ->
                List.of(all).stream()
                    .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst());
  }

  private static Optional<Integer> whole(JsonObject from, String name) {
    return from.whole(name)
        .map(number -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number)));
  }

  private static Optional<Duration> duration(JsonObject from, String prefix, String name) {
    Optional<String> text = from.text(name);
    Optional<Duration> duration = text.flatMap(Durations::parse);
    Problems.require(
        text.isEmpty() || duration.isPresent(), prefix + name, Durations.EXPECTED, "another text");
    return duration;
  }
}
