package io.trigrun.crontab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.command.CommandAction;
import io.trigrun.schedule.MissedRunPolicy;
import io.trigrun.schedule.Schedule;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lines mean, and which are refused. */
class CrontabTest {

  private static List<CommandAction> commands(String text) {
    return Crontab.parse(text).jobs().stream().map(job -> (CommandAction) job.action()).toList();
  }

  private static CommandAction command(String text) {
    List<CommandAction> commands = commands(text);
    assertThat(commands).hasSize(1);
    return commands.get(0);
  }

  private static JobSpec job(String text) {
    List<JobSpec> jobs = Crontab.parse(text).jobs();
    assertThat(jobs).hasSize(1);
    return jobs.get(0);
  }

  @Test
  void a_line_is_a_job_that_does_what_cron_does() {
    JobSpec job = job("*/5 8-17 * jan,FEB 1-5\t/usr/bin/backup  --to '/srv/a b' > /dev/null  ");

    assertThat(job.schedule()).isEqualTo(Schedule.cron("*/5 8-17 * jan,FEB 1-5"));
    assertThat(job.missed()).isEqualTo(MissedRunPolicy.skip());
    assertThat(job.retry()).contains(RetryPolicy.none());
    assertThat(job.action())
        .isEqualTo(
            CommandAction.shell("/usr/bin/backup  --to '/srv/a b' > /dev/null  ")
                .timeout(Duration.ofDays(1))
                .build());
    assertThat(job.name()).startsWith("backup-");
  }

  @Test
  void comments_and_blank_lines_say_nothing_and_a_sharp_within_a_line_is_the_shells() {
    assertThat(commands("\n  # 0 * * * * no\n \t\n\r\n")).isEmpty();
    assertThat(commands("")).isEmpty();
    assertThat(command("\uFEFF  @daily a # b\r\n").shell()).contains("a # b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@hourly",
        "@daily",
        "@midnight",
        "@weekly",
        "@monthly",
        "@yearly",
        "@annually",
        "@Daily"
      })
  void words_stand_for_schedules(String word) {
    assertThat(job(word + " run").schedule()).isEqualTo(Schedule.cron(word));
  }

  @Test
  void both_day_fields_are_as_in_cron() {
    assertThat(job("0 0 13 * fri run").schedule()).isEqualTo(Schedule.cron("0 0 13 * fri"));
  }

  @Test
  void settings_hold_for_the_lines_below_them() {
    List<CommandAction> commands =
        commands(
            """
            @daily first
            A=1
            B = "two words "
              'C'= it's
            @daily second
            A=$A:2 # all of it
            D=
            @daily third
            """);

    assertThat(commands.get(0).environment()).isEmpty();
    assertThat(commands.get(1).environment())
        .isEqualTo(Map.of("A", "1", "B", "two words ", "C", "it's"));
    assertThat(commands.get(2).environment())
        .isEqualTo(Map.of("A", "$A:2 # all of it", "B", "two words ", "C", "it's", "D", ""));
  }

  @Test
  void a_shell_of_its_own_runs_the_lines() {
    assertThat(command("SHELL=/bin/bash\n@daily a | b").arguments())
        .containsExactly("/bin/bash", "-c", "a | b");
    assertThat(command("SHELL=/bin/sh\n@daily a | b").shell()).contains("a | b");
  }

  @Test
  void cron_tz_says_whose_times_they_are() {
    List<JobSpec> jobs =
        Crontab.parse(
                "@daily a\nCRON_TZ=Asia/Tokyo\n0 1 * * * b\nTZ=America/New_York\n@daily c\n",
                ZoneId.of("Europe/Zurich"))
            .jobs();

    assertThat(jobs)
        .extracting(JobSpec::schedule)
        .containsExactly(
            Schedule.cron("@daily", "Europe/Zurich"),
            Schedule.cron("0 1 * * *", "Asia/Tokyo"),
            Schedule.cron("@daily", "Asia/Tokyo"));
    assertThat(((CommandAction) jobs.get(2).action()).environment())
        .isEqualTo(Map.of("TZ", "America/New_York"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "a b ! a b ! ~none~",
        "a%b ! a ! b/",
        "a%b%c%% ! a ! b/c//",
        "a% ! a ! ~~",
        "date +\\%d\\%m ! date +%d%m ! ~none~",
        "a\\%b%c\\%d ! a%b ! c%d/",
        "a\\\\%b ! a\\\\ ! b/",
        "a%b\\\\%c ! a ! b\\%c/",
        "a\\ ! a\\ ! ~none~",
      })
  void percent_signs_are_as_in_cron(String written, String line, String stdin) {
    CommandAction command = command("@daily " + written);

    assertThat(command.shell()).contains(line);
    assertThat(command.stdin().map(text -> text.replace('\n', '/')).orElse("none"))
        .isEqualTo(stdin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "61 * * * * a ! line 1, schedule.cron: expected a minute from 0 to 59, got 61",
        "* * * * a b ! line 1, schedule.cron: expected a day of the week",
        "0 0 31 2 * a ! line 1, schedule.cron: expected a date that exists in some year",
        "5/15 * * * * a ! line 1, schedule.cron: expected a range before the step",
        "@reboot a ! line 1, schedule.cron: expected a time: a start of the machine is none",
        "@REBOOT a ! line 1, schedule.cron: expected a time: a start of the machine is none",
        "@every 5m ! line 1, schedule.cron: expected @hourly,",
        "@daily ! line 1, command: expected a command after the schedule, got nothing",
        "* * * * * ! line 1, command: expected a command after the schedule, got nothing",
        "* * * ! line 1, line: expected NAME=value, or five fields",
        "what is this ! line 1, line: expected NAME=value, or five fields",
        "0 0 * * * root /usr/bin/a ! line 1, command: expected the crontab of a user",
        "@daily %x ! line 1, command.shell: expected a line for the shell, got nothing",
        "@daily echo secret://x ! line 1, command.shell: expected no secret://",
        "CRON_TZ=Mars/Base ! line 1, CRON_TZ: expected a time zone such as Europe/Zurich, got Mars/Base",
        "CRON_TZ= ! line 1, CRON_TZ: expected a time zone such as Europe/Zurich, got nothing",
        "SHELL=bash ! line 1, SHELL: expected the absolute path of a shell, got bash",
        "A=\"b ! line 1, A: expected a quote at the end of the value, and none before, got none",
        "A=\"b\"c ! line 1, A: expected a quote at the end of the value, and none before, got more",
        "TRIGRUN_ATTEMPT=1 ! line 1, command.environment.TRIGRUN_ATTEMPT: expected no name",
      })
  void what_is_wrong_is_named(String line, String message) {
    Crontab crontab = Crontab.parse(line);

    assertThat(crontab.problems()).isNotEmpty();
    assertThat(crontab.problems().get(0).message()).startsWith(message);
    assertThat(crontab.entries()).isEmpty();
    assertThatThrownBy(crontab::jobs)
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void all_that_is_wrong_is_named_and_what_is_right_is_read() {
    Crontab crontab = Crontab.parse("61 25 * * *\n@daily a\nCRON_TZ=x\n@reboot b\n");

    assertThat(crontab.problems()).extracting(CrontabProblem::line).containsExactly(1, 1, 1, 3, 4);
    assertThat(crontab.entries()).extracting(CrontabEntry::line).containsExactly(2);
  }

  @Test
  void what_cron_does_and_a_job_does_not_is_noted() {
    Crontab crontab =
        Crontab.parse("MAILTO=a@example.com\nTZ=UTC\nLOGNAME=me\n@daily a\n@daily a\n");

    assertThat(crontab.notes()).extracting(CrontabNote::line).containsExactly(1, 2, 3, 5);
    assertThat(crontab.notes().get(3).text()).contains("the same as line 4");
    assertThat(crontab.problems()).isEmpty();
  }

  @Test
  void names_are_made_of_what_is_run_and_stay_the_same() {
    List<String> names = names("@daily A=b /opt/x/backup.sh -v\n@daily 'odd one'\n@hourly df\n");

    assertThat(names.get(0)).matches("backup\\.sh-[0-9a-f]{8}");
    assertThat(names.get(1)).matches("command-[0-9a-f]{8}");
    assertThat(names("B=1\n0 5 * * * df\n0 6 * * * A=b /opt/x/backup.sh -v\n@daily df\n"))
        .containsExactly(names.get(2), names.get(0), names.get(2) + "-2");
    assertThat(names("@daily curl -s 'https://api.example.com:8080/x' | jq .\n").get(0))
        .startsWith("api.example.com-");
  }

  private static List<String> names(String text) {
    return Crontab.parse(text).jobs().stream().map(JobSpec::name).toList();
  }

  @Test
  void a_text_that_is_too_long_is_refused() {
    assertThat(Crontab.parse("#".repeat(1_048_577)).problems())
        .extracting(CrontabProblem::message)
        .containsExactly(
            "line 1, crontab: expected at most 1,048,576 characters, got 1048577 characters");
  }

  @Test
  void long_lines_do_no_harm() {
    String assignments = "a= ".repeat(20_000);
    assertThat(command("@daily " + assignments + "b").shell()).contains(assignments + "b");
    assertThat(Crontab.parse("* ".repeat(400_000)).problems()).isNotEmpty();
    assertThat(Crontab.parse("x".repeat(1_000_000)).problems()).isNotEmpty();
    assertThat(Crontab.parse("@daily curl " + "'a'\\ ".repeat(10_000)).problems()).isEmpty();
  }
}
