package io.trigrun.schedulefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reading never fails, whatever the text. */
class ScheduleFilePropertyTest {

  private static final List<String> PIECES =
      List.of(
          "jobs:",
          "monitors:",
          "a",
          "b:",
          " ",
          "  ",
          "    ",
          "\n",
          "\n  ",
          "\n    ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          ",",
          ": ",
          "\"",
          "'",
          "|",
          ">",
          "&x",
          "*x",
          "!t",
          "#",
          "%YAML 1.2",
          "---",
          "...",
          "? ",
          "command: x",
          "request: ",
          "url: https://a.example",
          "cron: \"* * * * *\"",
          "every: 1s",
          "retries: 3",
          "retries: 1e99",
          "on_error:",
          "trigger_job: ",
          "rate_limit: ",
          "limit: 1",
          "per_seconds: 1e90",
          "retry_policy: ",
          "backoff: ",
          "multiplier: .nan",
          "initial: P99999999999D",
          "missed_run_policy: run_all",
          "run_at: now",
          "true",
          "null",
          "~",
          "0x1F",
          "0o9",
          "1_000",
          "\t",
          "\u0000",
          "\uFEFF",
          "\uD83D\uDE00",
          "handler: h",
          "payload: ",
          "env: ",
          "timezone: Mars",
          "on_success_url: ::",
          "callback_secret: x",
          "working_directory: \"\\0\"",
          "grace: -1");

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> jobs() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(12)
        .map(pieces -> "jobs:\n  a:\n    " + String.join("\n    ", pieces));
  }

  @Property(tries = 2_000)
  void any_text(@ForAll String text) {
    reads(text);
  }

  @Property(tries = 4_000)
  void pieces_of_files(@ForAll("files") String text) {
    reads(text);
  }

  @Property(tries = 4_000)
  void pieces_of_jobs(@ForAll("jobs") String text) {
    reads(text);
  }

  private static void reads(String text) {
    ScheduleFile file = ScheduleFile.parse(text);
    assertThat(file.problems()).allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
  }
}
