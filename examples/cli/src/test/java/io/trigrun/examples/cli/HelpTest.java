package io.trigrun.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trigrun.examples.cli.Shell.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jobs",
        "jobs list",
        "jobs get",
        "jobs create",
        "jobs update",
        "jobs pause",
        "jobs activate",
        "jobs context",
        "jobs rotate-token",
        "jobs resume",
        "jobs run-now",
        "jobs delete",
        "executions",
        "executions list",
        "executions get",
        "executions replay",
        "executions cancel",
        "executions watch",
        "executions retry",
        "executions notifications",
        "channels",
        "channels list",
        "channels create",
        "channels get",
        "channels update",
        "channels enable",
        "channels test",
        "channels delete",
        "rules",
        "rules list",
        "rules add",
        "rules remove",
        "deliveries",
        "deliveries list",
        "deliveries get",
        "deliveries retry",
        "secrets",
        "secrets list",
        "secrets create",
        "secrets rotate",
        "secrets delete",
        "monitors",
        "monitors list",
        "monitors get",
        "monitors create",
        "monitors update",
        "monitors pings",
        "monitors rotate-token",
        "monitors pause",
        "monitors resume",
        "monitors delete",
        "import",
        "completion"
      })
  void each_command_explains_itself_by_the_name_it_was_called(String command) {
    String path = command.isEmpty() ? "" : " " + command;

    Result result =
        new Shell().with("TRIGRUN_API_URL", "nonsense").line("cronctl" + path + " --help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("Usage: cronctl" + path + " ")
        .contains("--json", "-h, --help");
    assertThat(result.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(91));
    assertThat(result.out().replaceAll("TRIGRUN_\\w+", "")).doesNotContain("trigrun ");
  }

  @Test
  void the_help_has_the_exit_codes_and_the_environment() {
    assertThat(new Shell().run("--help").out())
        .contains(
            "5     the watched execution failed", "TRIGRUN_TOKEN", "CRON_API_URL", "NO_COLOR");
    assertThat(new Shell().colours().run("--help").out()).contains("\u001b[");
    assertThat(new Shell().run("--help").out()).doesNotContain("\u001b[");
  }

  @Test
  void who_says_too_little_gets_the_help() {
    Result result = new Shell().run("jobs");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("Usage: trigrun jobs").contains("run-now");
  }

  @Test
  void a_slip_of_the_finger_gets_a_hint() {
    assertThat(new Shell().run("jobs", "lst").err())
        .contains("'lst'", "maybe list", "See trigrun jobs --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trigrun", "cronctl"})
  void bash_completes_commands_options_and_their_values(String name, @TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(Path.of("/bin/bash")).exists();
    Result script = new Shell().line(name + " completion bash");
    assertThat(script.exitCode()).isZero();

    assertThat(completed(folder, script.out(), name, "chan")).contains("channels");
    assertThat(completed(folder, script.out(), name, "jobs", "r")).contains("run-now", "resume");
    assertThat(completed(folder, script.out(), name, "jobs", "list", "--")).contains("--limit");
    assertThat(completed(folder, script.out(), name, "rules", "add", "--event", "on_f"))
        .isEqualTo("on_failure");
    assertThat(completed(folder, script.out(), name, "channels", "create", "--type", "tel"))
        .isEqualTo("telegram");
  }

  /** What the tab key would offer after these words. */
  private static String completed(Path folder, String script, String... words)
      throws IOException, InterruptedException {
    String line = String.join("' '", words);
    Path file =
        Files.writeString(
            folder.resolve("try.sh"),
            script // which may turn off names of files, but only while the tab key is pressed
                + "\ncompopt() { :; }"
                + "\nCOMP_WORDS=('%s'); COMP_CWORD=%d; _complete_%s; echo \"${COMPREPLY[*]}\"\n"
                    .formatted(line, words.length - 1, words[0]));
    Process bash =
        new ProcessBuilder("/bin/bash", "--norc", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }
}
