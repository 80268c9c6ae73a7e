package io.trigrun.crontab;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.JobSpec;
import io.trigrun.command.CommandAction;
import io.trigrun.schedule.Schedule;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the text, there is an answer; and what was written is what is read. */
class CrontabPropertyTest {

  private record Line(String schedule, String command) {}

  @Property(tries = 2_000)
  void any_text_is_read_without_an_exception(@ForAll("texts") String text) {
    Crontab crontab = Crontab.parse(text);

    long lines = text.lines().count();
    assertThat(crontab.problems()).allSatisfy(p -> assertThat(p.line()).isBetween(1, (int) lines));
    assertThat(crontab.entries().stream().map(entry -> entry.job().name())).doesNotHaveDuplicates();
    assertThat(crontab.problems().isEmpty() ? crontab.jobs() : List.of())
        .hasSize(crontab.problems().isEmpty() ? crontab.entries().size() : 0);
  }

  @Property(tries = 500)
  void what_is_written_is_what_is_read(@ForAll("lines") List<Line> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(
        line -> text.append(line.schedule()).append(' ').append(escaped(line)).append('\n'));

    List<JobSpec> jobs = Crontab.parse(text.toString()).jobs();

    assertThat(jobs)
        .extracting(JobSpec::schedule)
        .containsExactlyElementsOf(
            lines.stream().map(line -> (Schedule) Schedule.cron(line.schedule())).toList());
    assertThat(jobs)
        .extracting(job -> ((CommandAction) job.action()).shell().orElseThrow())
        .containsExactlyElementsOf(lines.stream().map(Line::command).toList());
  }

  private static String escaped(Line line) {
    return line.command().replace("%", "\\%");
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "@daily ",
            "@reboot",
            "* * * * * ",
            "0 5 * * 1-5 ",
            "curl ",
            "-d ",
            "-H ",
            "https://a.b/",
            "%",
            "\\",
            "\"",
            "'",
            "=",
            "A=",
            "CRON_TZ=",
            "SHELL=",
            "UTC",
            "/bin/sh",
            "\n",
            "\r\n",
            "\t",
            " ",
            "#",
            ">",
            "/dev/null",
            "2>&1",
            "--retry ",
            "7",
            "{{",
            "secret://",
            "\0",
            "\ud83d",
            "root ",
            "-");
    return Arbitraries.oneOf(
            pieces,
            Arbitraries.strings().ofMaxLength(5),
            Arbitraries.strings().ascii().ofMaxLength(8))
        .list()
        .ofMaxSize(30)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<String> schedules =
        Combinators.combine(
                Arbitraries.integers().between(0, 59),
                Arbitraries.of("*", "0-23/2", "7,19"),
                Arbitraries.of("*", "1-15"),
                Arbitraries.of("*", "JAN", "2-12/5"),
                Arbitraries.of("*", "mon-fri", "7"))
            .as(
                (minute, hour, day, month, week) ->
                    minute + " " + hour + " " + day + " " + month + " " + week);
    // A backslash before a percent sign is cron's own; backslashes elsewhere are the shell's.
    Arbitrary<String> commands =
        Arbitraries.strings()
            .withChars("abc %'\"$|&;<>(){}*?~#=\u00e9")
            .ofMinLength(1)
            .ofMaxLength(40)
            .map(text -> "run" + text);
    return Combinators.combine(Arbitraries.oneOf(schedules, Arbitraries.of("@daily")), commands)
        .as(Line::new)
        .list()
        .ofMaxSize(10);
  }
}
