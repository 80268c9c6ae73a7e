package io.trigrun.contract.feature;

import static io.trigrun.schedulefile.SchedulePlan.Action.CHANGED;
import static io.trigrun.schedulefile.SchedulePlan.Action.CREATED;
import static io.trigrun.schedulefile.SchedulePlan.Action.REMOVED;
import static io.trigrun.schedulefile.SchedulePlan.Action.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.ConflictException;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.JobTriggers;
import io.trigrun.Json;
import io.trigrun.LimitExceededException;
import io.trigrun.TrigRun;
import io.trigrun.Trigger;
import io.trigrun.TriggerEvent;
import io.trigrun.WorkspaceLimits;
import io.trigrun.handler.Outcome;
import io.trigrun.monitor.Monitor;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.schedulefile.FileProblem;
import io.trigrun.schedulefile.ScheduleFile;
import io.trigrun.schedulefile.ScheduleFileException;
import io.trigrun.schedulefile.SchedulePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S18: a file says which jobs there are, and applying it makes it so. */
@Timeout(60)
public abstract class S18ScheduleFile extends FeatureTest {

  private static final String CREW =
      """
      on_success:
        trigger_job: [tidy]
      jobs:
        coffee:
          handler: work
          payload: {cups: 2}
          cron: "0 * * * *"
          retries: 3
          on_retries_exhausted:
            trigger_job: [tidy]
        beans:
          request:
            url: http://127.0.0.1:9/beans
            headers: {Authorization: Bearer secret://beans}
          every: 10m
        tidy:
          handler: work
      """;

  private TrigRun trigrun;

  @BeforeEach
  void build() {
    trigrun = open(manual().handler("work", Json.class, (payload, job) -> {}));
  }

  private SchedulePlan apply(String text) {
    return trigrun.scheduleFiles().apply(file(text));
  }

  private static ScheduleFile file(String text) {
    return ScheduleFile.parse(text).named("crew.yaml");
  }

  private Job job(String name) {
    return trigrun.jobs().findByName(name).orElseThrow();
  }

  private List<String> problems(String text) {
    try {
      SchedulePlan plan = trigrun.scheduleFiles().plan(file(text));
      throw new AssertionError("expected problems, got " + plan);
    } catch (ScheduleFileException e) {
      return e.problems().stream().map(FileProblem::message).toList();
    }
  }

  @Test
  void its_jobs_are_created_and_run_and_start_each_other() {
    SchedulePlan planned = trigrun.scheduleFiles().plan(file(CREW));
    assertThat(trigrun.jobs().list(10).items()).as("a plan stores nothing").isEmpty();

    SchedulePlan plan = apply(CREW);

    assertThat(plan.changes()).isEqualTo(planned.changes());
    assertThat(plan)
        .hasToString(
            """
            crew.yaml: 3 created, 0 changed, 0 unchanged, 0 removed
            + job coffee
            + job beans
            + job tidy""");
    assertThat(job("coffee").spec().triggers().ids()).containsExactly(job("tidy").id());
    assertThat(job("tidy").spec().triggers().isEmpty()).isTrue();
    assertThat(job("beans").spec().triggers().names(TriggerEvent.ON_SUCCESS))
        .containsExactly("tidy");
    driver(trigrun).advance(Duration.ofHours(1));
    assertThat(runs(trigrun, job("coffee").id()))
        .singleElement()
        .satisfies(run -> assertThat(run.state()).isEqualTo(ExecutionState.SUCCEEDED));
    assertThat(runs(trigrun, job("tidy").id())).hasSize(1);
  }

  @Test
  void applying_it_again_changes_nothing() {
    apply(CREW);
    List<Job> before = trigrun.jobs().list(10).items();
    long revision = store().revision();

    SchedulePlan again = apply(CREW);

    assertThat(again.isUnchanged()).isTrue();
    assertThat(again.count(UNCHANGED)).isEqualTo(3);
    assertThat(trigrun.jobs().list(10).items()).isEqualTo(before);
    assertThat(store().revision()).isEqualTo(revision);
  }

  @Test
  void what_is_changed_is_told_by_field_and_what_may_be_secret_is_not_shown() {
    apply(CREW);
    Job coffee = job("coffee");
    trigrun.jobs().pause(coffee.id());

    SchedulePlan plan =
        apply(
            CREW.replace("0 * * * *", "30 * * * *")
                .replace("cups: 2", "cups: 3")
                .replace("/beans\n", "/beans?key=hidden\n"));

    assertThat(plan)
        .hasToString(
            """
            crew.yaml: 0 created, 2 changed, 1 unchanged, 0 removed
            ~ job coffee
                payload: (not shown) -> (not shown)
                schedule.cron: "0 * * * *" -> "30 * * * *"
            ~ job beans
                request.url: (not shown) -> (not shown)
            = job tidy""");
    assertThat(job("coffee").id()).isEqualTo(coffee.id());
    assertThat(job("coffee").state()).isEqualTo(JobState.PAUSED);
  }

  @Test
  void what_the_file_has_no_more_is_removed_and_what_is_not_its_own_stays() {
    trigrun.jobs().create(JobSpec.named("by hand").handler("work").build());
    trigrun.scheduleFiles().apply(ScheduleFile.parse("jobs: {other: {handler: work}}"));
    apply(CREW);

    SchedulePlan plan = apply("jobs: {tidy: {handler: work}}");

    assertThat(plan.count(REMOVED)).isEqualTo(2);
    assertThat(plan.count(UNCHANGED)).isEqualTo(1);
    assertThat(trigrun.jobs().list(10).items())
        .extracting(Job::name)
        .containsExactlyInAnyOrder("by hand", "other", "tidy");
    driver(trigrun).advance(Duration.ofHours(2));
    assertThat(runs(trigrun, job("tidy").id())).isEmpty();
    assertThat(apply("").count(REMOVED)).isEqualTo(1);
    assertThat(apply(CREW).count(CREATED)).isEqualTo(3);
  }

  @Test
  void a_chain_may_be_turned_round_in_one_write() {
    apply("jobs: {a: {handler: work, on_error: {trigger_job: b}}, b: {handler: work}}");
    SchedulePlan plan =
        apply("jobs: {a: {handler: work}, b: {handler: work, on_error: {trigger_job: a}}}");
    assertThat(plan.count(CHANGED)).isEqualTo(2);
    assertThat(job("b").spec().triggers().ids()).containsExactly(job("a").id());
  }

  @Test
  void jobs_outside_the_file_may_be_started_and_lead_to_no_ring() {
    Job outside = trigrun.jobs().create(JobSpec.named("outside").handler("work").build());
    apply("jobs: {a: {handler: work, on_success: {trigger_job: outside}}}");
    assertThat(job("a").spec().triggers().ids()).containsExactly(outside.id());
    apply("jobs: {a: {handler: work}, b: {handler: work}}");
    trigrun
        .jobs()
        .update(
            outside.id(),
            JobSpec.named("outside")
                .handler("work")
                .triggers(JobTriggers.none().on(TriggerEvent.ON_SUCCESS, "b"))
                .build());
    assertThat(
            problems(
                """
                jobs:
                  a: {handler: work}
                  b:
                    handler: work
                    on_error:
                      trigger_job:
                        - a
                        - outside
                """))
        .containsExactly(
            "line 8, column 11: jobs.b.on_error.trigger_job: expected jobs that don't lead back"
                + " to this one, got b -> outside -> b");
    assertThatThrownBy(() -> apply("jobs: {a: {handler: work}}"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("job outside");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_place() {
    trigrun.jobs().create(JobSpec.named("taken").handler("work").build());
    List<String> found =
        problems(
            """
            on_retries_exhausted:
              trigger_jobs: [b]
            chanels: {}
            jobs:
              taken: {handler: work}
              a:
                handler: work
                on_success: {trigger_job: [b]}
              b:
                handler: work
                on_success: {trigger_job: [c, missing]}
              c:
                handler: work
                on_success: {trigger_job: [a]}
              d:
                command: date
              e:
                handler: work
                queue: unheard-of
                cron: "0 25 * * *"
              f:
                request: {url: "http://169.254.169.254/latest"}
                on_error: {trigger_job: f}
              g: {handler: work, run_at: 2020-01-01T00:00:00Z}
            """);
    assertThat(found.stream().map(message -> message.replaceAll(": expected.*", "")))
        .containsExactly(
            "line 2, column 3: on_retries_exhausted.trigger_jobs",
            "line 3, column 1: chanels",
            "line 5, column 3: jobs.taken",
            "line 8, column 32: jobs.a.on_success.trigger_job",
            "line 11, column 35: jobs.b.on_success.trigger_job",
            "line 16, column 14: jobs.d.command",
            "line 19, column 12: jobs.e.queue",
            "line 20, column 11: jobs.e.schedule.cron",
            "line 22, column 20: jobs.f.request.url",
            "line 23, column 29: jobs.f.on_error.trigger_job",
            "line 24, column 30: jobs.g.schedule.run_at");
    assertThat(trigrun.jobs().list(10).items()).hasSize(1);
  }

  @Test
  void it_is_stored_as_a_whole_or_not_at_all() {
    TrigRun small =
        open(
            manual()
                .handler("work", Json.class, (payload, job) -> {})
                .workspaceLimits(WorkspaceLimits.standard().jobs(2)));
    assertThatThrownBy(() -> small.scheduleFiles().apply(file(CREW)))
        .isInstanceOf(LimitExceededException.class);
    assertThat(trigrun.jobs().list(10).items()).isEmpty();
  }

  @Test
  void nodes_that_apply_it_at_the_same_time_create_each_job_once() throws Exception {
    int nodes = 4;
    CyclicBarrier together = new CyclicBarrier(nodes);
    ExecutorService threads = Executors.newFixedThreadPool(nodes);
    try {
      List<Callable<SchedulePlan>> applies = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        applies.add(
            () -> {
              together.await();
              return apply(CREW);
            });
      }
      long created = 0;
      for (Future<SchedulePlan> plan : threads.invokeAll(applies)) {
        created += plan.get().count(CREATED);
      }
      assertThat(created).isEqualTo(3);
    } finally {
      threads.shutdown();
    }
    assertThat(trigrun.jobs().list(10).items()).hasSize(3);
  }

  @Test
  void monitors_are_watched_and_their_tokens_are_told_once() {
    String text = "monitors: {backup: {every: 1d, grace: 30m}, sync: {expected_interval_sec: 60}}";
    assertThat(trigrun.scheduleFiles().plan(file(text)).tokens()).isEmpty();

    SchedulePlan plan = apply(text);

    assertThat(plan.tokens()).containsOnlyKeys("backup", "sync");
    String token = Objects.requireNonNull(plan.tokens().get("backup"));
    assertThat(plan.toString()).doesNotContain(token);
    assertThat(trigrun.monitors().ping(token, PingSource.unknown())).isEqualTo(PingResult.UP);
    driver(trigrun).advance(Duration.ofMinutes(3));
    assertThat(monitor("sync").state()).isEqualTo(MonitorState.DOWN);
    assertThat(apply(text).isUnchanged()).isTrue();
    assertThat(apply(text.replace("30m", "1h").replace(", sync: {expected_interval_sec: 60}", "")))
        .hasToString(
            """
            crew.yaml: 0 created, 1 changed, 0 unchanged, 1 removed
            ~ monitor backup
                grace_seconds: 1800 -> 3600
            - monitor sync""");
    assertThat(monitor("backup").state()).isEqualTo(MonitorState.UP);
    assertThat(trigrun.monitors().findByName("sync")).isEmpty();
  }

  @Test
  void a_monitor_made_by_hand_is_not_touched() {
    trigrun.monitors().create(MonitorSpec.of("backup", Duration.ofDays(1)));
    assertThat(problems("monitors:\n  backup: {every: 2d}"))
        .singleElement()
        .asString()
        .startsWith("line 2, column 3: monitors.backup: expected a name that no monitor has");
  }

  @Test
  void what_others_need_is_not_removed_even_if_the_file_leads_to_them_now() {
    apply("jobs: {a: {handler: work}, b: {handler: work}}");
    trigrun
        .jobs()
        .create(
            JobSpec.named("outside")
                .handler("work")
                .triggers(JobTriggers.none().on(TriggerEvent.ON_SUCCESS, "b"))
                .build());
    assertThatThrownBy(() -> apply("jobs: {a: {handler: work, on_error: {trigger_job: outside}}}"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("job outside");
  }

  @Test
  void a_chain_that_is_gone_is_removed_whoever_starts_others_first() {
    apply(
        """
        jobs:
          c: {handler: work}
          a: {handler: work, on_success: {trigger_job: [b, c]}}
          b: {handler: work, on_success: {trigger_job: c}}
        """);
    assertThat(apply("jobs: {}").count(REMOVED)).isEqualTo(3);
  }

  private Monitor monitor(String name) {
    return trigrun.monitors().findByName(name).orElseThrow();
  }

  @Test
  void what_must_not_run_twice_at_once_does_not_pile_up() {
    trigrun =
        open(
            manual()
                .outcomeHandler(
                    "long",
                    Json.class,
                    (payload, job) ->
                        job.checkpoint().isEmpty()
                            ? Outcome.later(clock.instant().plusSeconds(3_570)).withCheckpoint("on")
                            : Outcome.succeeded()));
    apply(
        """
        jobs:
          skips: {handler: long, every: 10m, disable_concurrent_execution: true}
          waits: {handler: long, every: 10m, max_concurrent_executions: 1}
        """);
    Job skips = job("skips");

    driver(trigrun).advance(Duration.ofMinutes(65));

    assertThat(runs(trigrun, skips.id())).as("one under way and none behind it").hasSize(1);
    assertThat(runs(trigrun, job("waits").id())).hasSize(6);
    trigrun.jobs().runNow(skips.id());
    assertThat(runs(trigrun, skips.id())).as("what somebody asks for is not skipped").hasSize(2);

    driver(trigrun).advance(Duration.ofMinutes(20));
    assertThat(runs(trigrun, skips.id()).stream().filter(run -> run.trigger() == Trigger.SCHEDULE))
        .as("the next firing after the end is a run again")
        .hasSize(2);
  }

  @Test
  void workspaces_have_files_of_their_own() {
    apply(CREW);
    TrigRun node = trigrun;
    SchedulePlan plan =
        node.workspace("acme").scheduleFiles().apply(file("jobs: {tidy: {handler: work}}"));
    assertThat(plan.count(CREATED)).isEqualTo(1);
    assertThat(plan.count(REMOVED)).isZero();
    assertThat(node.jobs().list(10).items()).hasSize(3);
  }
}
