package io.trigrun.schedulefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.BackoffPolicy;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TriggerEvent;
import io.trigrun.command.CommandAction;
import io.trigrun.http.HttpAction;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.OverlapPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("S18: reading a schedule file")
class ScheduleFileTest {

  private static JobSpec job(String body) {
    String indented = body.indent(4);
    return ScheduleFile.parse("jobs:\n  it:\n" + indented).specs().get(0);
  }

  private static List<String> problems(String text) {
    return ScheduleFile.parse(text).problems().stream().map(FileProblem::message).toList();
  }

  @Test
  void a_command_is_split_at_blanks_and_a_list_is_taken_as_it_is() {
    assertThat(job("command: this fails").action())
        .isEqualTo(CommandAction.of("this", "fails").build());
    assertThat(job("command: [echo, $foo, 8080]\nenv:\n  foo: 007").action())
        .isEqualTo(CommandAction.of("echo", "$foo", "8080").environment("foo", "007").build());
  }

  @Test
  void three_retries_are_four_attempts_five_seconds_apart() {
    assertThat(job("command: x\nretries: 3").retry())
        .contains(RetryPolicy.attempts(4).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(5))));
  }

  @Test
  void one_at_a_time_is_as_in_cheek_and_neither_half_of_it_by_itself() {
    JobSpec alone = job("handler: h\ndisable_concurrent_execution: true");
    assertThat(alone.maxConcurrentExecutions()).isEqualTo(1);
    assertThat(alone.overlap()).isEqualTo(OverlapPolicy.SKIP);
    JobSpec both = job("handler: h\ndisable_concurrent_execution: false");
    assertThat(both.maxConcurrentExecutions()).isZero();
    assertThat(both.overlap()).isEqualTo(OverlapPolicy.QUEUE);
    assertThat(job("handler: h\nmax_concurrent_executions: 1").overlap())
        .isEqualTo(OverlapPolicy.QUEUE);
    JobSpec skips = job("handler: h\noverlap_policy: skip");
    assertThat(skips.maxConcurrentExecutions()).isZero();
    assertThat(skips.overlap()).isEqualTo(OverlapPolicy.SKIP);
    assertThat(problems("jobs: {a: {handler: h, overlap_policy: never}}"))
        .containsExactly(
            "line 1, column 40: jobs.a.overlap_policy: expected one of [queue, skip], got something"
                + " else");
  }

  @Test
  void a_request_has_the_shape_of_a_jobs_json() {
    JobSpec spec =
        job(
            """
            request:
              url: https://api.example.com/sync
              method: POST
              headers:
                Authorization: Bearer secret://token
              body: {a: 1, b: [true, null, 1.50]}
            every: 1h30m
            missed_run_policy: {policy: run_all, bound: 5, tolerance: 10s}
            rate_limit: {limit: 10, per_seconds: 0.5}
            priority: high
            """);
    HttpAction http = (HttpAction) spec.action();
    assertThat(http.body().orElseThrow().content()).isEqualTo("{\"a\":1,\"b\":[true,null,1.50]}");
    assertThat(http.secretNames()).containsExactly("token");
    assertThat(spec.schedule()).isEqualTo(Schedule.every(Duration.ofMinutes(90)));
    assertThat(spec.missed())
        .isEqualTo(MissedRunPolicy.runAll(5).tolerance(Duration.ofSeconds(10)));
    assertThat(spec.rateLimit().orElseThrow().per()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void the_zone_of_the_file_holds_for_crons_that_name_none() {
    List<JobSpec> jobs =
        ScheduleFile.parse(
                """
                tz_location: Europe/Brussels
                jobs:
                  one: {handler: h, cron: "0 3 * * *"}
                  two: {handler: h, cron: "0 3 * * *", timezone: Asia/Tokyo}
                  three: {handler: h, run_at: 2030-01-31T03:00:00+01:00}
                  four: {handler: h}
                """)
            .specs();
    assertThat(jobs)
        .extracting(JobSpec::schedule)
        .containsExactly(
            Schedule.cron("0 3 * * *", "Europe/Brussels"),
            Schedule.cron("0 3 * * *", "Asia/Tokyo"),
            Schedule.at(Instant.parse("2030-01-31T02:00:00Z")),
            Schedule.manual());
  }

  @Test
  void events_of_the_file_add_to_those_of_a_job_and_start_no_job_by_itself() {
    ScheduleFile file =
        ScheduleFile.parse(
            """
            on_success:
              trigger_job: [report, tidy]
              notify_webhook: [https://hooks.example.com/all]
            jobs:
              one:
                command: x
                on_success:
                  trigger_job: tidy
                  notify_webhook: [https://hooks.example.com/one]
              report: {command: x}
              tidy: {command: x}
            """);
    assertThat(file.problems()).isEmpty();
    assertThat(file.jobs().stream().map(it -> it.spec().triggers().names(TriggerEvent.ON_SUCCESS)))
        .containsExactly(List.of("tidy", "report"), List.of("tidy"), List.of("report"));
    assertThat(file.jobs().get(0).hooks())
        .extracting(hook -> hook.entry().value().items().get(0).text())
        .containsExactly("https://hooks.example.com/one", "https://hooks.example.com/all");
  }

  @Test
  void anchors_may_be_used() {
    List<JobSpec> jobs =
        ScheduleFile.parse(
                """
                jobs:
                  one: &same {command: x, cron: "* * * * *"}
                  two: *same
                """)
            .specs();
    assertThat(jobs.get(1)).isEqualTo(jobs.get(0).toBuilder().name("two").build());
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    assertThat(
            problems(
                """
                tz_location: [UTC]
                log_retention_period: 7 days
                jobs:
                  coffee:
                    comand: x
                    cron: "61 * * * *"
                    retries: -1
                  beans:
                    command: echo
                    command: grind
                    request: {url: ftp://example.com, timeout_seconds: 0}
                    on_error: {trigger_job: {a: b}}
                    priority: urgent
                  tea:
                    request:
                      url: https://example.com
                      headers: {X-A: 1}
                      timeot: 5
                    every: 5 minutes
                    env: {A: b}
                  water: {handler: h, every_n_minutes: 2, run_at: tomorrow, queue: [a]}
                  salt: {command: x, working_directory: ../here, env: {"A=B": c}}
                monitors:
                  backup: {grace: 1m}
                  other: {every: 1ms, gracee: 2}
                """))
        .containsExactly(
            "line 1, column 14: tz_location: expected a text, got a list",
            "line 2, column 23: log_retention_period: expected no such key:"
                + " TrigRunBuilder.retention says how long history is kept, got it",
            "line 4, column 3: jobs.coffee: expected one of command, request and handler, got none",
            "line 5, column 5: jobs.coffee.comand: expected a key that is known (did you mean"
                + " command?), got an unknown one",
            "line 6, column 11: jobs.coffee.schedule.cron: expected a minute from 0 to 59, got 61"
                + " in \"61 * * * *\"",
            "line 7, column 14: jobs.coffee.retries: expected 0 to 99, got -1",
            "line 10, column 5: command: expected a key once, got it a second time",
            "line 11, column 14: jobs.beans: expected one of command, request and handler, got"
                + " command and request",
            "line 12, column 29: jobs.beans.on_error.trigger_job: expected a list of texts, got a"
                + " mapping",
            "line 13, column 15: jobs.beans.priority: expected one of [lowest, low, normal, high,"
                + " highest], got something else",
            "line 17, column 22: jobs.tea.request.headers.X-A: expected a string, got a value of"
                + " type NUMBER",
            "line 18, column 15: jobs.tea.request.timeot: expected only the fields body, checks,"
                + " follow_redirects, headers, method, output, success_statuses, timeout_seconds,"
                + " url, got an unknown field",
            "line 19, column 12: jobs.tea.every: expected a duration such as 90s, 5m, 1h30m, 1d or"
                + " PT90S, got something else",
            "line 20, column 10: jobs.tea.env: expected this only with command, as a text or a"
                + " list, got it without",
            "line 21, column 51: jobs.water: expected at most one of cron, every_n_minutes, every,"
                + " run_at, got every_n_minutes and run_at",
            "line 21, column 68: jobs.water.queue: expected a text, got a list",
            "line 22, column 41: jobs.salt.command.working_directory: expected an absolute path of"
                + " at most 4,096 characters, got ../here",
            "line 22, column 63: jobs.salt.command.environment.A=B: expected a name of 1 to 200"
                + " letters, digits and underscores, first no digit, got A=B",
            "line 24, column 3: monitors.backup: expected one of every and expected_interval_sec,"
                + " got none",
            "line 25, column 18: monitors.other.expected_interval_sec: expected whole seconds, 1 s"
                + " to 366 days, got PT0.001S",
            "line 25, column 23: monitors.other.gracee: expected a key that is known (did you mean"
                + " grace?), got an unknown one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jobs: [a                        | 1",
        "jobs: !!python/object {}        | 1",
        "'a: 1\n---\nb: 2'               | 2",
        "'a: *b'                         | 1",
        "'? [a]\n: b'                    | 1",
        "'a: .inf'                       | 1",
        "just text                       | 1",
        "'- a: b'                        | 1",
      })
  void what_is_no_schedule_file_is_refused(String text, int line) {
    List<FileProblem> problems = ScheduleFile.parse(text).problems();
    assertThat(problems)
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.message()).doesNotContain(": :"));
    assertThat(problems.get(0).place().line()).isEqualTo(line);
  }

  @Test
  void size_and_depth_and_what_aliases_come_to_are_bounded() {
    assertThat(problems("a".repeat(YamlReader.LONGEST + 1))).hasSize(1);
    assertThat(problems("[".repeat(100_000))).singleElement().asString().contains("30 levels");
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 12; i++) {
      String last = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(", ", List.of(last, last, last, last, last, last, last, last))));
    }
    assertThat(problems(laughs.toString()).toString()).contains("aliases that come to at most");
  }

  @Test
  void aliases_lead_no_deeper_than_anything_else() {
    StringBuilder ladder = new StringBuilder("jobs:\n  x:\n    handler: h\n    payload:\n");
    ladder.append("      - &a0 [1]\n");
    for (int i = 1; i < 400; i++) {
      String up = "[".repeat(20);
      String down = "]".repeat(20);
      ladder.append("      - &a%d %s*a%d%s\n".formatted(i, up, i - 1, down));
    }
    assertThat(problems(ladder.toString()))
        .containsExactly(
            "line 7, column 33: file: expected at most 30 levels, got more, by an alias");
    assertThat(problems("jobs: {a: {handler: h, payload: &p [[1]]}, b: {handler: h, payload: *p}}"))
        .isEmpty();
  }

  @Test
  void a_policy_for_missed_runs_says_which_and_no_bound_is_overlooked() {
    String job = "jobs: {x: {handler: h, every: 1m, missed_run_policy: %s}}";
    String which = "skip, run_once or run_all (with a bound)";
    assertThat(problems(job.formatted("{bound: 3}")))
        .containsExactly(
            "line 1, column 54: jobs.x.missed_run_policy.policy: expected %s, got nothing"
                .formatted(which));
    assertThat(problems(job.formatted("{}"))).hasSize(1);
    assertThat(problems(job.formatted("{policy: skip, bound: 3}")))
        .containsExactly(
            "line 1, column 76: jobs.x.missed_run_policy.bound: expected this only with run_all,"
                + " got it without");
    assertThat(problems(job.formatted("{policy: skip, tolerance: 1m}"))).isEmpty();
    assertThat(problems(job.formatted("[skip]"))).hasSize(1);
  }

  @Test
  void a_zone_of_the_file_that_does_not_exist_is_told_once_whoever_goes_by_it() {
    String zone = "tz_location: Mars/Base\n";
    List<String> told =
        List.of(
            "line 1, column 14: tz_location: expected an IANA time zone such as Europe/Berlin, got"
                + " Mars/Base");
    assertThat(problems(zone)).isEqualTo(told);
    assertThat(
            problems(
                zone
                    + "jobs: {a: {handler: h, cron: '* * * * *'}, b: {handler: h, cron: '* * * * *'}}"))
        .isEqualTo(told);
  }

  @Test
  void names_that_no_store_can_hold_are_refused() {
    assertThat(problems("monitors: {\"a\\ud800\": {every: 1m}}"))
        .singleElement()
        .asString()
        .contains(".name: expected no U+0000 and no unpaired surrogate");
    ScheduleFile file = ScheduleFile.parse("");
    assertThatThrownBy(() -> file.named("a\ud800")).isInstanceOf(ValidationException.class);
  }

  @Test
  void its_exception_lists_all() {
    ScheduleFile file = ScheduleFile.parse("jobs:\n  a: {}\n  b: {}\n").named("crew.yaml");
    assertThatThrownBy(file::specs)
        .isInstanceOfSatisfying(
            ScheduleFileException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageStartingWith("crew.yaml:\nline 2, column 3: jobs.a: expected one of command");
    assertThat(Map.of(file.name(), file.toString())).containsValue("ScheduleFile[crew.yaml]");
  }
}
