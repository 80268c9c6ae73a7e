package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static io.trigrun.TriggerEvent.ON_ERROR;
import static io.trigrun.TriggerEvent.ON_RETRIES_EXHAUSTED;
import static io.trigrun.TriggerEvent.ON_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.BackoffPolicy;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.Retention;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.ParentRun;
import io.trigrun.http.HttpAction;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S16: a run starts other jobs, and those know which run has started them, up to the root. */
@Timeout(120)
public abstract class S16ChainedJobs extends FeatureTest {

  private final Queue<Outcome> outcomes = new ArrayDeque<>();
  private final List<Optional<ParentRun>> parents = new ArrayList<>();
  private TrigRun trigrun;

  @BeforeEach
  void build() {
    trigrun = open(handlers(manual()));
  }

  private TrigRunBuilder handlers(TrigRunBuilder builder) {
    return builder
        .outcomeHandler("work", Json.class, (payload, job) -> next(job::log))
        .handler("child", Json.class, (payload, job) -> parents.add(job.parentRun()));
  }

  private Outcome next(java.util.function.Consumer<String> log) {
    log.accept("did what it could");
    return outcomes.isEmpty() ? Outcome.succeeded("{\"rows\":7}") : outcomes.remove();
  }

  private static Outcome failure() {
    return Outcome.failed("HTTP_5XX", "status: expected 200, got 500");
  }

  private static JobSpec.Builder work(String name) {
    return JobSpec.named(name)
        .handler("work")
        .retry(RetryPolicy.attempts(3).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(1))));
  }

  private Job work(String name, TriggerEvent event, String... jobs) {
    return trigrun.jobs().create(work(name).triggers(JobTriggers.none().on(event, jobs)).build());
  }

  private Job child(String name) {
    return trigrun.jobs().create(JobSpec.named(name).handler("child").build());
  }

  private Execution run(Job job) {
    Execution run = trigrun.jobs().runNow(job.id());
    driver(trigrun).advance(Duration.ofSeconds(5));
    return get(trigrun, run.id());
  }

  @Test
  void success_starts_the_named_jobs_once() {
    Job report = child("report");
    Job archive = child("archive");
    Job parent = work("import", ON_SUCCESS, "report", "archive", "report");

    Execution run = run(parent);

    assertThat(run.state()).isEqualTo(SUCCEEDED);
    assertThat(runs(trigrun, report.id()))
        .singleElement()
        .satisfies(
            child -> {
              assertThat(child.state()).isEqualTo(SUCCEEDED);
              assertThat(child.trigger()).isEqualTo(Trigger.FOLLOW_UP);
              assertThat(child.parentId()).contains(run.id());
              assertThat(child.scheduledFor()).isEqualTo(run.finishedAt().orElseThrow());
            });
    assertThat(runs(trigrun, archive.id())).hasSize(1);
    assertThat(trigrun.executions().list(trigrun.executions().query().parent(run.id())).items())
        .hasSize(2);
  }

  @Test
  void each_failed_attempt_is_an_error_and_the_last_one_exhausts_the_retries() {
    Job alarm = child("alarm");
    Job cleanup = child("cleanup");
    Job report = child("report");
    Job parent =
        trigrun
            .jobs()
            .create(
                work("import")
                    .triggers(
                        JobTriggers.none()
                            .on(ON_ERROR, "alarm")
                            .on(ON_RETRIES_EXHAUSTED, "cleanup")
                            .on(ON_SUCCESS, "report"))
                    .build());

    outcomes.addAll(List.of(failure(), failure()));
    assertThat(run(parent).state()).isEqualTo(SUCCEEDED);
    assertThat(runs(trigrun, alarm.id())).hasSize(2);
    assertThat(runs(trigrun, cleanup.id())).isEmpty();
    assertThat(runs(trigrun, report.id())).hasSize(1);

    outcomes.addAll(List.of(failure(), failure(), failure()));
    assertThat(run(parent).state()).isEqualTo(FAILED);
    assertThat(runs(trigrun, alarm.id())).hasSize(5);
    assertThat(runs(trigrun, cleanup.id())).hasSize(1);
    assertThat(runs(trigrun, report.id())).hasSize(1);
    assertThat(parents)
        .extracting(of -> of.orElseThrow().event().orElseThrow())
        .containsExactlyInAnyOrder(
            ON_ERROR, ON_ERROR, ON_SUCCESS, ON_ERROR, ON_ERROR, ON_ERROR, ON_RETRIES_EXHAUSTED);
  }

  @Test
  void
      a_failure_that_no_retry_helps_exhausts_the_retries_at_once_and_a_cancelled_run_starts_none() {
    Job cleanup = child("cleanup");
    Job parent = work("import", ON_RETRIES_EXHAUSTED, "cleanup");

    outcomes.add(Outcome.failed("BAD_REQUEST", "no").withoutRetry());
    assertThat(run(parent).attempt()).isEqualTo(1);
    assertThat(runs(trigrun, cleanup.id())).hasSize(1);

    UUID cancelled = trigrun.jobs().runNow(parent.id()).id();
    assertThat(trigrun.executions().cancel(cancelled, "not today")).isTrue();
    driver(trigrun).advance(Duration.ofSeconds(5));
    assertThat(stateOf(trigrun, cancelled)).isEqualTo(CANCELLED);
    assertThat(runs(trigrun, cleanup.id())).hasSize(1);
  }

  @Test
  void a_run_knows_the_whole_chain_up_to_the_root() {
    Job last = child("last");
    Job middle = work("middle", ON_SUCCESS, "last");
    Job root = work("root", ON_RETRIES_EXHAUSTED, "middle");
    outcomes.addAll(List.of(failure(), failure(), failure()));

    Execution run = run(root);

    ParentRun parent = parents.get(0).orElseThrow();
    assertThat(parent.jobId()).isEqualTo(middle.id());
    assertThat(parent.jobName()).contains("middle");
    assertThat(parent.event()).contains(ON_SUCCESS);
    assertThat(parent.state()).isEqualTo(SUCCEEDED);
    assertThat(parent.attempt()).isEqualTo(1);
    assertThat(parent.output()).contains("{\"rows\":7}");
    assertThat(parent.log()).contains("did what it could");
    assertThat(parent.failure()).isEmpty();
    assertThat(parent.trigger()).isEqualTo(Trigger.FOLLOW_UP);

    ParentRun first = parent.parent().orElseThrow();
    assertThat(first.executionId()).isEqualTo(run.id());
    assertThat(first.jobName()).contains("root");
    assertThat(first.event()).contains(ON_RETRIES_EXHAUSTED);
    assertThat(first.state()).isEqualTo(FAILED);
    assertThat(first.attempt()).isEqualTo(3);
    assertThat(first.failure().orElseThrow().errorClass()).isEqualTo("HTTP_5XX");
    assertThat(first.trigger()).isEqualTo(Trigger.RUN_NOW);
    assertThat(first.triggeredAt()).isEqualTo(run.scheduledFor());
    assertThat(first.parent()).isEmpty();
    assertThat(parent.root()).isEqualTo(first);
    assertThat(runs(trigrun, last.id())).hasSize(1);
  }

  @Test
  void a_run_that_no_run_has_started_has_no_parent() {
    Job scheduled =
        trigrun
            .jobs()
            .create(
                JobSpec.named("scheduled")
                    .schedule(Schedule.everyMinutes(1))
                    .handler("child")
                    .build());
    driver(trigrun).advance(Duration.ofMinutes(1));
    assertThat(trigrun.jobs().runNow(scheduled.id())).isNotNull();
    assertThat(trigrun.executions().replay(runs(trigrun, scheduled.id()).get(0).id())).isNotNull();
    driver(trigrun).runDue();

    assertThat(parents).hasSize(3).containsOnly(Optional.empty());
  }

  @Test
  void a_replay_of_the_parent_starts_them_again_and_a_replay_of_the_child_still_knows_its_parent() {
    Job report = child("report");
    Job parent = work("import", ON_SUCCESS, "report");
    Execution run = run(parent);

    Execution again = trigrun.executions().replay(run.id());
    driver(trigrun).runDue();
    assertThat(runs(trigrun, report.id()))
        .extracting(child -> child.parentId().orElseThrow())
        .containsExactly(run.id(), again.id());

    parents.clear();
    Execution child = runs(trigrun, report.id()).get(0);
    assertThat(trigrun.executions().replay(child.id()).trigger()).isEqualTo(Trigger.REPLAY);
    driver(trigrun).runDue();
    assertThat(parents)
        .singleElement()
        .satisfies(
            of -> {
              assertThat(of.orElseThrow().executionId()).isEqualTo(run.id());
              assertThat(of.orElseThrow().event()).isEmpty();
            });
  }

  @Test
  void the_chain_ends_where_the_history_was_forgotten() {
    TrigRun forgetful =
        open(
            handlers(manual())
                .queue("short", 4)
                .retention(
                    Retention.builder().queue("short", Retention.all(Duration.ZERO)).build()));
    Job report = child("report");
    Job parent =
        forgetful
            .jobs()
            .create(
                work("import")
                    .queue("short")
                    .triggers(JobTriggers.none().on(ON_SUCCESS, "report"))
                    .build());
    UUID run = forgetful.jobs().runNow(parent.id()).id();
    driver(forgetful).runDue();
    clock.advance(Duration.ofMinutes(1));
    assertThat(forgetful.purgeHistory()).isEqualTo(1);
    assertThat(forgetful.executions().find(run)).isEmpty();

    Execution child = runs(forgetful, report.id()).get(0);
    assertThat(forgetful.executions().replay(child.id()).parentId()).contains(run);
    driver(forgetful).runDue();
    assertThat(parents).hasSize(2);
    assertThat(parents.get(0)).isPresent();
    assertThat(parents.get(1)).isEmpty();
  }

  @Test
  void jobs_that_are_paused_or_drafts_are_not_started_and_the_history_says_so() {
    Job paused = child("paused");
    Job draft = trigrun.jobs().draft(JobSpec.named("draft").handler("child").build());
    Job parent = work("import", ON_SUCCESS, "paused", "draft");
    paused = trigrun.jobs().pause(paused.id());

    assertThat(run(parent).state()).isEqualTo(SUCCEEDED);
    assertThat(parents).isEmpty();
    assertThat(runs(trigrun, paused.id()))
        .singleElement()
        .satisfies(
            child -> {
              assertThat(child.state()).isEqualTo(CANCELLED);
              assertThat(child.failure().orElseThrow().errorClass()).isEqualTo("JOB_PAUSED");
            });
    assertThat(runs(trigrun, draft.id()))
        .singleElement()
        .satisfies(
            child -> assertThat(child.failure().orElseThrow().errorClass()).isEqualTo("JOB_DRAFT"));

    assertThat(trigrun.jobs().resume(paused.id())).isNotNull();
    assertThat(trigrun.jobs().activate(draft.id())).isNotNull();
    assertThat(run(parent).state()).isEqualTo(SUCCEEDED);
    assertThat(parents).hasSize(2);
  }

  @Test
  void a_job_may_be_renamed_and_a_job_that_is_started_by_another_stays() {
    Job report = child("report");
    Job parent = work("import", ON_SUCCESS, "report");
    report =
        trigrun
            .jobs()
            .update(report.id(), JobSpec.named("monthly report").handler("child").build());

    Job read = trigrun.jobs().find(parent.id()).orElseThrow();
    assertThat(read.spec().triggers().names(ON_SUCCESS)).containsExactly("monthly report");
    assertThat(trigrun.jobs().list(10).items()).contains(read);
    assertThat(trigrun.jobs().findByName("import")).contains(read);
    assertThat(trigrun.jobs().save(read.spec())).as("nothing to save").isEqualTo(read);
    assertThat(run(parent).state()).isEqualTo(SUCCEEDED);
    assertThat(runs(trigrun, report.id())).hasSize(1);

    UUID reportId = report.id();
    assertThatThrownBy(() -> trigrun.jobs().delete(reportId))
        .isInstanceOf(ConflictException.class)
        .hasMessage("expected job monthly report to be free to go, but these need it: job import");
    assertThat(
            trigrun
                .jobs()
                .update(parent.id(), read.spec().toBuilder().triggers(JobTriggers.none()).build())
                .version())
        .isEqualTo(2);
    trigrun.jobs().delete(reportId);
    assertThat(trigrun.jobs().find(reportId)).isEmpty();
  }

  @Test
  void names_that_are_unknown_are_refused_all_at_once() {
    JobSpec spec =
        work("import")
            .triggers(
                JobTriggers.none()
                    .on(ON_SUCCESS, "reprot")
                    .on(ON_RETRIES_EXHAUSTED, "claenup", "import"))
            .build();

    assertThatThrownBy(() -> trigrun.jobs().create(spec))
        .isInstanceOfSatisfying(ValidationException.class, e -> assertThat(e.problems()).hasSize(3))
        .hasMessageContaining(
            "on_success.trigger_job: expected names of jobs of the workspace; save those first,"
                + " got reprot")
        .hasMessageContaining("on_retries_exhausted.trigger_job")
        .hasMessageContaining("claenup")
        .hasMessageContaining("got import -> import");
    assertThat(trigrun.jobs().list(10).items()).isEmpty();
  }

  @Test
  void rings_are_refused_with_the_way_around() {
    Job c = work("c", ON_SUCCESS);
    Job b = work("b", ON_ERROR, "c");
    Job a = work("a", ON_RETRIES_EXHAUSTED, "b");

    JobSpec ring = work("c").triggers(JobTriggers.none().on(ON_SUCCESS, "a")).build();
    assertThatThrownBy(() -> trigrun.jobs().update(c.id(), ring))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "on_success.trigger_job: expected jobs that don't lead back to this one,"
                + " got c -> a -> b -> c");
    JobSpec itself = work("z").triggers(JobTriggers.none().on(ON_SUCCESS, "z")).build();
    assertThatThrownBy(() -> trigrun.jobs().update(b.id(), itself))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("got z -> z");
    JobSpec former = work("z").triggers(JobTriggers.none().on(ON_SUCCESS, "b")).build();
    assertThatThrownBy(() -> trigrun.jobs().update(b.id(), former))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("got z -> z");
    assertThat(trigrun.jobs().find(c.id())).contains(c);
    assertThat(trigrun.jobs().find(a.id()).orElseThrow().version()).isEqualTo(1);
    assertThat(run(a).state()).isEqualTo(SUCCEEDED);
  }

  @Test
  void saves_at_the_same_time_never_form_a_ring_together() throws Exception {
    int size = 5;
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      for (int round = 0; round < 10; round++) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          jobs.add(work("r" + round + "-" + i, ON_SUCCESS));
        }
        CyclicBarrier start = new CyclicBarrier(size);
        List<Future<Boolean>> links = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          Job from = jobs.get(i);
          String to = jobs.get((i + 1) % size).name();
          links.add(threads.submit(linking(from, to, start)));
        }
        for (Future<Boolean> link : links) {
          assertThat(link.get(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(ringFrom(jobs.get(0))).as("round " + round).isFalse();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Boolean> linking(Job from, String to, CyclicBarrier start) {
    JobSpec spec = work(from.name()).triggers(JobTriggers.none().on(ON_SUCCESS, to)).build();
    return () -> {
      start.await(30, TimeUnit.SECONDS);
      try {
        return trigrun.jobs().update(from.id(), spec).version() > 0;
      } catch (ConflictException | ValidationException e) {
        return false;
      }
    };
  }

  private boolean ringFrom(Job first) {
    Optional<UUID> next = Optional.of(first.id());
    for (int steps = 0; steps < 100; steps++) {
      next =
          trigrun.jobs().find(next.orElseThrow()).orElseThrow().spec().triggers().ids().stream()
              .findFirst();
      if (next.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void the_target_of_an_http_job_is_told_which_run_has_started_it() {
    Target target = closing(new Target());
    Job call =
        trigrun
            .jobs()
            .create(JobSpec.named("call").action(HttpAction.post(target.url("/")).build()).build());
    Execution run = run(work("import", ON_SUCCESS, "call"));
    assertThat(trigrun.jobs().runNow(call.id())).isNotNull();
    UUID started = runs(trigrun, call.id()).get(0).id();
    assertThat(trigrun.executions().replay(started)).isNotNull();
    driver(trigrun).runDue();

    assertThat(target.requests())
        .extracting(request -> request.header("X-TrigRun-Parent-Execution-Id"))
        .containsExactlyInAnyOrder(run.id().toString(), "", run.id().toString());
  }

  @Test
  void many_runs_on_two_nodes_start_exactly_one_each() {
    int many = 60;
    List<TrigRun> nodes =
        List.of("one", "two").stream()
            .map(name -> started(live(name).handler("quick", Json.class, (payload, job) -> {})))
            .toList();
    TrigRun node = nodes.get(0);
    Job report = node.jobs().create(JobSpec.named("report").handler("quick").build());
    Job parent =
        node.jobs()
            .create(
                JobSpec.named("import")
                    .handler("quick")
                    .triggers(JobTriggers.none().on(ON_SUCCESS, "report"))
                    .build());
    for (int i = 0; i < many; i++) {
      assertThat(node.jobs().runNow(parent.id())).isNotNull();
    }

    await(
        "a report of each",
        () ->
            runs(node, report.id()).stream().filter(run -> run.state() == SUCCEEDED).count()
                >= many);
    assertThat(runs(node, report.id()))
        .hasSize(many)
        .extracting(run -> run.parentId().orElseThrow())
        .doesNotHaveDuplicates();
  }
}
