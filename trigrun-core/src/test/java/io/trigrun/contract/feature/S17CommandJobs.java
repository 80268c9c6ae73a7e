package io.trigrun.contract.feature;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.command.CommandAction;
import io.trigrun.secret.KeyRing;
import io.trigrun.secret.SecretCipher;
import io.trigrun.validation.ValidationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** S17: commands, off unless the host allows them; all they start ends with them. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
public abstract class S17CommandJobs extends FeatureTest {

  private static final Set<String> KEPT =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "TEMP", "TMP");
  private static final String[] NONE = {};

  /** Seconds to sleep that no other process of the machine sleeps. */
  private final String token =
      Long.toString(1_000_000_000L + ThreadLocalRandom.current().nextInt(1_000_000_000));

  private final String[] asleep = {token};

  private TrigRun trigrun;

  @TempDir Path directory;

  @BeforeEach
  void allowCommands() {
    trigrun = open(manual().allowCommands());
  }

  private static JobSpec.Builder job(CommandAction.Builder action) {
    return JobSpec.named("command").action(action.build());
  }

  private Execution run(JobSpec.Builder spec) {
    Job job = trigrun.jobs().save(spec.build());
    Execution run = trigrun.jobs().runNow(job.id());
    driver(trigrun).runDue();
    return get(trigrun, run.id());
  }

  private Attempt attempt(CommandAction.Builder action) {
    Execution run = run(job(action));
    assertThat(run.state()).isIn(SUCCEEDED, FAILED);
    assertThat(trigrun.executions().attempts(run.id())).hasSize(1);
    return trigrun.executions().attempts(run.id()).get(0);
  }

  private String output(CommandAction.Builder action) {
    return attempt(action).bodyPreview().orElse("");
  }

  private Stream<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(process -> Arrays.equals(process.info().arguments().orElse(NONE), asleep));
  }

  @Test
  void arguments_reach_the_program_as_they_are() {
    String output = output(CommandAction.of("printf", "[%s]", "a b", "$HOME", "*", "; exit 1", ""));

    assertThat(output).isEqualTo("[a b][$HOME][*][; exit 1][]");
  }

  @Test
  void an_argument_that_the_jvm_has_no_bytes_for_fails_instead_of_changing() {
    Execution run = run(job(CommandAction.of("printf", "%s", "caf\u00e9 \u4e2d")));

    if (run.state() == SUCCEEDED) {
      assertThat(trigrun.executions().attempts(run.id()).get(0).bodyPreview())
          .contains("caf\u00e9 \u4e2d");
    } else {
      assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("COMMAND_NOT_ENCODABLE");
      assertThat(run.failure().orElseThrow().message())
          .startsWith("command.arguments[2]: expected characters that the JVM of this node");
    }
  }

  @Test
  void a_success_is_recorded_with_its_exit_code_and_output() {
    Execution run = run(job(CommandAction.of("echo", "hello")));

    assertThat(run.state()).isEqualTo(SUCCEEDED);
    assertThat(trigrun.executions().attempts(run.id()))
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.status()).isEqualTo(AttemptStatus.SUCCESS);
              assertThat(attempt.statusCode()).contains(0);
              assertThat(attempt.bodyPreview()).contains("hello\n");
              assertThat(attempt.errorClass()).isEmpty();
            });
  }

  @Test
  void a_failure_is_recorded_with_its_exit_code_and_what_it_wrote_in_order() {
    Execution run = run(job(CommandAction.shell("echo one; echo two >&2; printf three; exit 3")));

    assertThat(run.state()).isEqualTo(FAILED);
    assertThat(run.failure()).contains(new Failure("EXIT_CODE_3", "exit code: expected 0, got 3"));
    Attempt attempt = trigrun.executions().attempts(run.id()).get(0);
    assertThat(attempt.status()).isEqualTo(AttemptStatus.ERROR);
    assertThat(attempt.statusCode()).contains(3);
    assertThat(attempt.bodyPreview()).contains("one\ntwo\nthree");
  }

  @Test
  void other_exit_codes_may_be_a_success() {
    assertThat(run(job(CommandAction.shell("exit 1").successExitCodes(0, 1))).state())
        .isEqualTo(SUCCEEDED);
    assertThat(run(job(CommandAction.shell("exit 0").successExitCodes(1))).failure())
        .contains(new Failure("EXIT_CODE_0", "exit code: expected 1, got 0"));
  }

  @Test
  void a_signal_can_be_told_from_the_exit_code() {
    assertThat(run(job(CommandAction.shell("kill -9 $$"))).failure().orElseThrow().message())
        .isEqualTo("exit code: expected 0, got 137 (as of one killed by signal 9)");
  }

  @Test
  void a_command_is_run_once_unless_its_job_says_otherwise() {
    Execution once = run(job(CommandAction.shell("exit 1")));
    assertThat(trigrun.executions().attempts(once.id())).hasSize(1);

    Execution twice = run(job(CommandAction.shell("exit 1")).retry(RetryPolicy.attempts(2)));
    driver(trigrun).advance(Duration.ofSeconds(1));

    assertThat(stateOf(trigrun, twice.id())).isEqualTo(FAILED);
    assertThat(trigrun.executions().attempts(twice.id())).hasSize(2);
  }

  @Test
  void the_environment_is_clean_and_says_which_run_it_is() {
    Optional<String> hosts =
        System.getenv().keySet().stream()
            .filter(name -> name.matches("[A-Z_]{3,}") && !KEPT.contains(name))
            .filter(name -> !name.startsWith("LC_") && !name.startsWith("TRIGRUN_"))
            .findFirst();
    Execution run = run(job(CommandAction.of("env").environment("GREETING", "hello you")));
    String output = trigrun.executions().attempts(run.id()).get(0).bodyPreview().orElseThrow();

    assertThat(output.lines())
        .contains(
            "GREETING=hello you",
            "TRIGRUN_EXECUTION_ID=" + run.id(),
            "TRIGRUN_JOB_ID=" + run.jobId().orElseThrow(),
            "TRIGRUN_WORKSPACE=default",
            "TRIGRUN_ATTEMPT=1",
            "TRIGRUN_SCHEDULED_FOR=" + START)
        .anyMatch(line -> line.startsWith("PATH="))
        .anyMatch(line -> line.startsWith("HOME="));
    assumeTrue(hosts.isPresent());
    assertThat(output.lines()).noneMatch(line -> line.startsWith(hosts.get() + "="));
    assertThat(output(CommandAction.of("env").inheritEnvironment(true)).lines())
        .anyMatch(line -> line.startsWith(hosts.get() + "="));
  }

  @Test
  void a_secret_reaches_the_program_and_not_the_record() {
    trigrun =
        open(
            manual()
                .node("keeper")
                .allowCommands()
                .secrets(SecretCipher.aesGcm(KeyRing.of("k1", KeyRing.generateKey()))));
    assertThat(trigrun.secrets().create("shop-db", "hunter2-hunter2").name()).isEqualTo("shop-db");
    Execution run =
        run(
            job(
                CommandAction.shell("test \"$PASSWORD\" = hunter2-hunter2 && echo \"is $PASSWORD\"")
                    .environment("PASSWORD", "secret://shop-db")));

    assertThat(run.state()).isEqualTo(SUCCEEDED);
    assertThat(trigrun.executions().attempts(run.id()).get(0).bodyPreview())
        .hasValueSatisfying(text -> assertThat(text).startsWith("is ***").doesNotContain("hunter"));
    assertThatThrownBy(() -> trigrun.secrets().delete("shop-db"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("job command");
  }

  @Test
  void a_secret_that_no_process_can_be_given_fails_the_run_without_being_told() {
    trigrun =
        open(
            manual()
                .node("keeper")
                .allowCommands()
                .secrets(SecretCipher.aesGcm(KeyRing.of("k1", KeyRing.generateKey()))));
    assertThat(trigrun.secrets().create("raw", "hunter2\0hunter2").name()).isEqualTo("raw");

    Execution run =
        run(
            job(CommandAction.of("true").environment("PASSWORD", "secret://raw"))
                .retry(RetryPolicy.attempts(3)));

    assertThat(run.state()).isEqualTo(FAILED);
    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("COMMAND_NOT_ENCODABLE");
    assertThat(run.failure().orElseThrow().message()).contains("command.environment.PASSWORD");
    assertThat(trigrun.executions().attempts(run.id()))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.toString()).doesNotContain("hunter2"));
  }

  @Test
  void a_secret_that_does_not_exist_fails_the_run_before_anything_is_started() {
    Execution run =
        run(
            job(CommandAction.shell("touch " + directory.resolve("it-ran"))
                    .environment("PASSWORD", "secret://shop-db"))
                .retry(RetryPolicy.attempts(3)));

    assertThat(run.state()).isEqualTo(FAILED);
    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("MISSING_SECRET");
    assertThat(run.failure().orElseThrow().message()).contains("PASSWORD", "secret://shop-db");
    assertThat(directory.resolve("it-ran")).doesNotExist();
  }

  @Test
  void the_standard_input_is_what_the_job_says_or_at_its_end() {
    assertThat(output(CommandAction.of("cat"))).isEmpty();
    assertThat(output(CommandAction.of("cat").stdin("to read\n"))).isEqualTo("to read\n");
    assertThat(attempt(CommandAction.of("true").stdin("x".repeat(16_384))).statusCode())
        .contains(0);
  }

  @Test
  void it_runs_where_the_job_says() {
    assertThat(output(CommandAction.of("pwd", "-P").workingDirectory(directory)))
        .endsWith(directory.getFileName() + "\n");

    Execution nowhere =
        run(job(CommandAction.of("pwd").workingDirectory(directory.resolve("nowhere"))));
    assertThat(nowhere.failure().orElseThrow().errorClass()).isEqualTo("COMMAND_NOT_STARTED");
    assertThat(nowhere.failure().orElseThrow().message())
        .contains("there is no directory " + directory.resolve("nowhere"));
  }

  @Test
  void a_program_that_is_not_there_is_a_failure_that_says_so() {
    Execution run = run(job(CommandAction.of("no-such-program-" + token, "sesame")));

    assertThat(run.failure().orElseThrow().errorClass()).isEqualTo("COMMAND_NOT_STARTED");
    assertThat(run.failure().orElseThrow().message())
        .contains("no-such-program-" + token)
        .doesNotContain("sesame");
    assertThat(trigrun.executions().attempts(run.id()).get(0).statusCode()).isEmpty();
  }

  @Test
  void output_of_any_kind_is_kept_as_text_that_every_store_can_hold() {
    assertThat(output(CommandAction.of("printf", "\\000\\001\\377")))
        .isEqualTo("<binary, 3 bytes>");
    assertThat(output(CommandAction.of("printf", "caf\\351\\n"))).isEqualTo("caf\uFFFD\n");
    assertThat(output(CommandAction.of("printf", "\\303\\251\\360\\237\\230\\200")))
        .isEqualTo("\u00e9\ud83d\ude00");

    String flood = output(CommandAction.shell("echo begin; yes | head -c 3000000; echo end"));
    assertThat(flood)
        .startsWith("begin\ny\n")
        .contains("\n[... left out; 3,000,010 bytes in all ...]\n")
        .endsWith("y\nend\n");
    assertThat(flood.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(65_000, 65_536);
  }

  @Test
  void when_its_time_is_up_it_is_killed_with_all_that_it_has_started() {
    Execution run =
        run(
            job(
                CommandAction.shell(
                        "echo first; sleep %s & (sleep %s & sleep %s & echo orphans) ; sleep %s"
                            .formatted(token, token, token, token))
                    .timeout(Duration.ofSeconds(1))));

    assertThat(sleepers()).isEmpty();
    assertThat(run.state()).isEqualTo(FAILED);
    Attempt attempt = trigrun.executions().attempts(run.id()).get(0);
    assertThat(attempt.status()).isEqualTo(AttemptStatus.TIMEOUT);
    assertThat(attempt.errorClass()).contains("TIMEOUT");
    assertThat(attempt.error().orElseThrow())
        .contains("command.timeout_seconds: expected an end within 1 s");
    // A shell that sees its child end before it ends itself says so.
    assertThat(attempt.bodyPreview().orElseThrow()).startsWith("first\norphans\n");
  }

  @Test
  void a_cancelled_command_ends_at_once_with_all_that_it_has_started() {
    TrigRun node = started(live("commands").allowCommands());
    UUID run = startSleepers(node);

    assertThat(node.executions().cancel(run, "not wanted")).isTrue();

    await("the processes to end", () -> sleepers().findAny().isEmpty());
    assertThat(stateOf(node, run)).isEqualTo(CANCELLED);
    node.stop(Duration.ofSeconds(5));
    assertThat(node.executions().attempts(run)).isEmpty();
  }

  @Test
  void a_node_that_stops_kills_what_does_not_end_in_time_and_hands_it_back() {
    TrigRun node = started(live("commands").allowCommands());
    UUID run = startSleepers(node);

    node.stop(Duration.ZERO);

    assertThat(sleepers()).isEmpty();
    assertThat(stateOf(node, run)).isEqualTo(PENDING);
    assertThat(get(node, run).attempt()).isZero();
  }

  private UUID startSleepers(TrigRun node) {
    Job job =
        node.jobs()
            .create(
                job(CommandAction.shell("sleep %s & sleep %s".formatted(token, token))).build());
    UUID run = node.jobs().runNow(job.id()).id();
    await("both processes", () -> sleepers().count() == 2);
    return run;
  }

  @Test
  void what_it_leaves_running_holds_up_nobody() {
    Execution run = run(job(CommandAction.shell("sleep " + token + " & echo done")));
    try {
      assertThat(run.state()).isEqualTo(SUCCEEDED);
      await("what it has left running", () -> sleepers().count() == 1);
    } finally {
      sleepers().forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void a_node_that_does_not_allow_commands_saves_none_and_runs_none() {
    TrigRun without = open(manual().node("without"));
    JobSpec spec = job(CommandAction.of("true")).build();

    assertThatThrownBy(() -> without.jobs().save(spec))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "command: expected no command: this TrigRun runs none; TrigRunBuilder.allowCommands()"
                + " allows them, got one");
    assertThat(without.jobs().list(10).items()).isEmpty();

    Job job = trigrun.jobs().create(spec);
    assertThat(without.jobs().find(job.id())).as("it can be read").contains(job);
    UUID run = without.jobs().runNow(job.id()).id();
    driver(without).runDue();
    assertThat(stateOf(without, run)).isEqualTo(PENDING);
    assertThat(get(without, run).queue()).isEqualTo("commands");
    driver(trigrun).runDue();
    assertThat(stateOf(without, run)).isEqualTo(SUCCEEDED);
  }

  @Test
  void a_run_whose_job_has_become_another_kind_is_cancelled() {
    Job job = trigrun.jobs().create(job(CommandAction.of("true")).build());
    UUID run = trigrun.jobs().runNow(job.id()).id();
    Job changed = trigrun.jobs().update(job.id(), JobSpec.named("command").handler("work").build());
    assertThat(changed.version()).isGreaterThan(job.version());

    driver(trigrun).runDue();

    assertThat(stateOf(trigrun, run)).isEqualTo(CANCELLED);
    assertThat(get(trigrun, run).failure().orElseThrow().errorClass()).isEqualTo("JOB_CHANGED");
  }
}
