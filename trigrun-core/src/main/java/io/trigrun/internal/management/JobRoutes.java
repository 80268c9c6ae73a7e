package io.trigrun.internal.management;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.Jobs;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.route.Answer;
import io.trigrun.route.Call;
import io.trigrun.route.ErrorCode;
import io.trigrun.route.JsonObject;
import io.trigrun.route.Refusal;
import io.trigrun.route.Route;
import io.trigrun.route.Shape;
import io.trigrun.route.ShapeCheck;
import io.trigrun.spi.JobKind;
import io.trigrun.spi.UniqueKey;
import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** Jobs of all kinds (rows S1 to S4, S19). */
final class JobRoutes {

  private static final String ONE = "/jobs/{id}";

  private final Map<String, JobKind> kinds;
  private final JobShapes shapes;
  private final JobJson json;
  private final ExecutionJson executions;

  JobRoutes(Map<String, JobKind> kinds, ExecutionJson executions) {
    this.kinds = kinds;
    this.shapes = new JobShapes(kinds);
    this.json = new JobJson(kinds);
    this.executions = executions;
  }

  List<Route> all() {
    return List.of(
        creation(),
        Route.get("/jobs", "list_jobs", "Lists jobs, newest first")
            .paged()
            .query("name", Shape.text("only the job of this name"))
            .answers(200, Shape.page(shapes.job()))
            .to(this::list),
        Route.get(ONE, "get_job", "A job").answers(200, shapes.job()).to(this::get),
        Route.patch(ONE, "update_job", "Changes a job; its state and history stay")
            .takes(shapes.change())
            .reviewedBy(this::reviewChange)
            .example("another_url", "{\"request\": {\"url\": \"https://example.com/new\"}}")
            .example(
                "another_schedule", "{\"kind\": \"cron\", \"schedule\": {\"cron\": \"0 4 * * *\"}}")
            .conditional()
            .answers(200, shapes.job())
            .refuses(ErrorCode.NOT_CONFIGURED)
            .to(this::update),
        state("activate", "Starts the schedule of a draft", Jobs::activate),
        state("pause", "Stops the schedule; runs that have started go on", Jobs::pause),
        state("resume", "Starts the schedule again, from now", Jobs::resume),
        Route.post(ONE + "/run-now", "run_job_now", "Enqueues a run, whatever the schedule says")
            .makes()
            .answers(202, executions.whole())
            .to(this::runNow),
        Route.delete(ONE, "delete_job", "Deletes a job and its rules; its executions stay")
            .conditional()
            .answers(204)
            .to(this::delete),
        CrontabRoute.of());
  }

  private Route creation() {
    Route.Builder create =
        Route.post("/jobs", "create_job", "Creates a job")
            .takes(shapes.draft())
            .example(
                "cron_job",
                """
                {"name": "nightly-sync", "kind": "cron",
                 "schedule": {"cron": "0 3 * * *", "timezone": "Europe/Zurich"},
                 "request": {"url": "https://api.example.com/sync", "method": "POST",
                   "headers": {"Authorization": "Bearer secret://api-token"},
                   "body": {"full": true}, "timeout_seconds": 60},
                 "retry_policy": {"max_attempts": 5}}""")
            .example(
                "recurring_job",
                """
                {"name": "health", "kind": "recurring", "schedule": {"every_n_minutes": 5},
                 "request": {"url": "https://example.com/up"}, "labels": ["shop"]}""")
            .example(
                "one_time_job",
                """
                {"name": "once", "kind": "one_time", "request": {"url": "https://example.com/once"}}""")
            .example(
                "handler_job",
                """
                {"name": "report", "kind": "manual", "handler": "report", "payload": {"pages": 2},
                 "on_success": {"trigger_job": []}}""");
    kinds.values().forEach(kind -> kind.examples().forEach(create::example));
    return create
        .reviewedBy(this::review)
        .makes()
        .answers(201, shapes.created())
        .refuses(ErrorCode.CONFLICT, ErrorCode.LIMIT_EXCEEDED, ErrorCode.NOT_CONFIGURED)
        .to(this::create);
  }

  private Route state(String verb, String summary, BiFunction<Jobs, UUID, Job> change) {
    return Route.post(ONE + "/" + verb, verb + "_job", summary)
        .answers(200, shapes.job())
        .refuses(ErrorCode.CONFLICT)
        .to(call -> answer(call, change.apply(jobs(call), call.id())));
  }

  private Answer create(Call call) {
    JsonObject body = call.body();
    JobSpec spec = JobReader.read(kinds, body, jobs(call)::check);
    boolean isDraft = body.text("state").filter("draft"::equals).isPresent();
    Optional<JobKind> extension = kind(JobJson.kind(spec));
    JobKind.Created created =
        extension
            .map(kind -> kind.create(call, spec, isDraft, body))
            .orElseGet(
                () ->
                    new JobKind.Created(
                        isDraft ? jobs(call).draft(spec) : jobs(call).create(spec),
                        JsonObject.builder().build()));
    Job job = created.job();
    JsonObject answer =
        JsonObject.builder()
            .putAll(json(call, List.of(job)).get(0))
            .putAll(created.shownOnce())
            .build();
    return Answer.created(answer).tagged(job.version());
  }

  /** What is wrong with a new job beside its shape. */
  private void review(Call call) {
    jobs(call).check(JobReader.read(kinds, call.body(), jobs(call)::check));
  }

  private Answer list(Call call) {
    Page<Job> page =
        call.query("name")
            .map(
                name -> new Page<>(jobs(call).findByName(name).stream().toList(), Optional.empty()))
            .orElseGet(() -> call.page(jobs(call)::list, jobs(call)::list));
    return Answer.page(new Page<>(json(call, page.items()), page.next()), job -> job);
  }

  private Answer get(Call call) {
    return answer(call, find(call));
  }

  private Answer update(Call call) {
    return call.unlessChanged(
        () -> {
          Job now = find(call);
          call.requireTag(now.version());
          JobSpec spec = changed(now, call.body());
          Job changed =
              kind(JobJson.kind(spec))
                  .map(kind -> kind.update(call, now, spec, call.body()))
                  .orElseGet(() -> jobs(call).update(now.id(), now.version(), spec));
          return answer(call, changed);
        });
  }

  private JobSpec changed(Job now, JsonObject change) {
    JsonObject settings = settings(now, change);
    ShapeCheck.check(settings, shapes.draft());
    JobSpec spec = JobReader.read(kinds, settings, ignored -> {});
    // Answers round instants and have one name for UTC: what nobody has changed stays as it was.
    boolean sameTimes =
        JobJson.kind(spec).equals(JobJson.kind(now.spec()))
            && settings.object("schedule").equals(json.settings(now).object("schedule"));
    return sameTimes ? spec.toBuilder().schedule(now.spec().schedule()).build() : spec;
  }

  /** What is wrong with a change beside its shape. */
  private void reviewChange(Call call) {
    JobReader.read(kinds, settings(find(call), call.body()), spec -> {});
  }

  private JsonObject settings(Job now, JsonObject change) {
    String kindBefore = JobJson.kind(now.spec());
    if (shapes.draftOf(kindBefore).isEmpty()) {
      throw Refusal.of(
          ErrorCode.NOT_CONFIGURED, "expected a server that knows jobs of the kind " + kindBefore);
    }
    String kind = change.text("kind").orElse(kindBefore);
    Problems.require(
        kind.equals(kindBefore) || (kind(kind).isEmpty() && kind(kindBefore).isEmpty()),
        "kind",
        kind(kindBefore).isPresent()
            ? kindBefore + ", as it was created"
            : "another kind of schedule",
        kind);
    JsonObject before = json.settings(now);
    Set<String> outdated = new HashSet<>();
    if (!kind.equals(kindBefore) || isOtherSchedule(before, change)) {
      outdated.add("schedule");
    }
    if (JobShapes.ACTIONS.stream().anyMatch(fields -> isOther(before, fields, change))) {
      JobShapes.ACTIONS.forEach(outdated::addAll);
    }
    return before.without(outdated).patched(change, shapes.draftOf(kind).orElseThrow());
  }

  /** Whether what runs so far apart is to run by the clock, for example: there is one of them. */
  private static boolean isOtherSchedule(JsonObject before, JsonObject change) {
    Optional<JsonObject> now = before.object("schedule");
    return change.object("schedule").stream()
        .flatMap(given -> given.names().stream())
        .anyMatch(
            word ->
                JobReader.SCHEDULES.contains(word)
                    && now.filter(schedule -> schedule.has(word)).isEmpty());
  }

  /** Whether a job that sends a request is to run a command, for example. */
  private static boolean isOther(JsonObject before, Collection<String> fields, JsonObject change) {
    return fields.stream().anyMatch(change::has) && fields.stream().noneMatch(before::has);
  }

  private Answer runNow(Call call) {
    Execution run =
        call.uniqueKey()
            .map(UniqueKey::whileKept)
            .map(key -> jobs(call).runNow(call.id(), key))
            .orElseGet(() -> jobs(call).runNow(call.id()));
    return Answer.accepted(executions.whole(call, run));
  }

  private Answer delete(Call call) {
    return call.unlessChanged(
        () -> {
          Job now = find(call);
          call.requireTag(now.version());
          jobs(call).delete(now.id(), now.version());
          return Answer.done();
        });
  }

  private Answer answer(Call call, Job job) {
    return Answer.ok(json(call, List.of(job)).get(0)).tagged(job.version());
  }

  private List<JsonObject> json(Call call, List<Job> jobs) {
    Map<UUID, JsonObject> facts = new HashMap<>();
    kinds.forEach(
        (word, kind) -> {
          List<Job> ofKind =
              jobs.stream().filter(job -> JobJson.kind(job.spec()).equals(word)).toList();
          if (!ofKind.isEmpty()) {
            facts.putAll(kind.facts(call, ofKind));
          }
        });
    List<Optional<Instant>> next = jobs(call).nextRuns(jobs);
    JsonObject none = JsonObject.builder().build();
    JsonObject[] all = new JsonObject[jobs.size()];
    for (int i = 0; i < all.length; i++) {
      Job job = jobs.get(i);
      all[i] = json.answer(job, next.get(i), facts.getOrDefault(job.id(), none));
    }
    return List.of(all);
  }

  private Optional<JobKind> kind(String word) {
    return Optional.ofNullable(kinds.get(word));
  }

  private static Job find(Call call) {
    return jobs(call).find(call.id()).orElseThrow(() -> new NotFoundException("job", call.id()));
  }

  private static Jobs jobs(Call call) {
    return call.workspace().jobs();
  }
}
