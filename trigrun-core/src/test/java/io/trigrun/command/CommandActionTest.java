package io.trigrun.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.trigrun.validation.ValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandActionTest {

  private static CommandAction full() {
    return CommandAction.of("pg_dump", "-Fc", "")
        .workingDirectory(Path.of("/srv/backup"))
        .environment("PGPASSWORD", "secret://shop-db")
        .environment("EMPTY", "")
        .inheritEnvironment(true)
        .stdin("line\n")
        .timeout(Duration.ofHours(24))
        .successExitCodes(0, 255)
        .build();
  }

  private static Arguments bad(String what, String field, String got, ThrowingCallable attempt) {
    return arguments(named(what, attempt), field, got);
  }

  static Stream<Arguments> inputs() {
    CommandAction.Builder ok = CommandAction.of("true");
    return Stream.of(
        bad("no program", "command.arguments[0]", "nothing", () -> CommandAction.of(" ")),
        bad(
            "too many arguments",
            "command.arguments",
            "1001 in all",
            () -> CommandAction.of(Collections.nCopies(1_001, "x"))),
        bad(
            "long arguments",
            "command.arguments",
            "65540 bytes",
            () -> CommandAction.of("true", "x".repeat(65_536))),
        bad("NUL", "command.arguments[1]", "some", () -> CommandAction.of("true", "a\0b")),
        bad(
            "half a pair",
            "command.arguments[1]",
            "some",
            () -> CommandAction.of("true", "\ud83d")),
        bad(
            "a secret to be seen",
            "command.arguments[1]",
            "a reference to a secret",
            () -> CommandAction.of("true", "--password=secret://x")),
        bad("empty line", "command.shell", "nothing", () -> CommandAction.shell(" ")),
        bad(
            "long line",
            "command.shell",
            "65537 bytes",
            () -> CommandAction.shell("x".repeat(65_537))),
        bad(
            "a secret in a line",
            "command.shell",
            "a reference to a secret",
            () -> CommandAction.shell("echo secret://x")),
        bad(
            "relative directory",
            "command.working_directory",
            "srv",
            () -> ok.workingDirectory(Path.of("srv"))),
        bad(
            "no directory",
            "command.working_directory",
            "nothing",
            () -> ok.workingDirectory(Path.of(""))),
        bad(
            "name of a variable",
            "command.environment.A-B",
            "A-B",
            () -> ok.environment("A-B", "secret")),
        bad(
            "no name of a variable",
            "command.environment.",
            "",
            () -> ok.environment("", "secret")),
        bad(
            "variable of ours",
            "command.environment.TRIGRUN_ATTEMPT",
            "TRIGRUN_ATTEMPT",
            () -> ok.environment("TRIGRUN_ATTEMPT", "7")),
        bad("NUL in a value", "command.environment.A", "some", () -> ok.environment("A", "\0")),
        bad(
            "a secret among text",
            "command.environment.A",
            "secret:// with something else",
            () -> ok.environment("A", "x secret://y")),
        bad(
            "long value",
            "command.environment",
            "65537 bytes",
            () -> ok.environment("A", "x".repeat(65_536))),
        bad("long input", "command.stdin", "16385 bytes", () -> ok.stdin("x".repeat(16_385))),
        bad("no time", "command.timeout_seconds", "PT0S", () -> ok.timeout(Duration.ZERO)),
        bad(
            "half a second",
            "command.timeout_seconds",
            "PT1.5S",
            () -> ok.timeout(Duration.ofMillis(1_500))),
        bad(
            "too much time",
            "command.timeout_seconds",
            "PT24H1S",
            () -> ok.timeout(Duration.ofSeconds(86_401))),
        bad("no exit code", "command.success_exit_codes", "[]", () -> ok.successExitCodes()),
        bad("exit code", "command.success_exit_codes", "256", () -> ok.successExitCodes(0, 256)));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void what_is_wrong_is_refused_at_once_and_by_name(
      ThrowingCallable attempt, String field, String got) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> {
              assertThat(e.problems().get(0).field()).isEqualTo(field);
              assertThat(e.problems().get(0).got()).contains(got);
              assertThat(e.getMessage()).doesNotContain("=secret", "xxxxx");
            });
  }

  @Test
  void too_many_variables_are_refused_when_it_is_built() {
    CommandAction.Builder builder = CommandAction.of("true");
    IntStream.rangeClosed(1, 201).forEach(i -> builder.environment("V" + i, ""));

    assertThatThrownBy(builder::build)
        .hasMessage("command.environment: expected at most 200 variables, got 201");
  }

  @Test
  void reading_what_was_written_gives_the_same() {
    CommandAction line = CommandAction.shell("echo 'a' | cat").build();

    assertThat(CommandActionJson.fromJson(CommandActionJson.toJson(full()))).isEqualTo(full());
    assertThat(CommandActionJson.fromJson(CommandActionJson.toJson(line))).isEqualTo(line);
    assertThat(CommandActionJson.toJson(line))
        .isEqualTo(
            "{\"shell\":\"echo 'a' | cat\",\"timeout_seconds\":3600,\"success_exit_codes\":[0]}");
    assertThat(CommandActionJson.fromJson("{\"arguments\":[\"true\"],\"stdin\":null}"))
        .isEqualTo(CommandAction.of("true").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "{} ! command: expected either arguments or shell, got neither",
        "{\"arguments\":[\"a\"],\"shell\":\"b\"} ! command: expected either arguments or shell, got both",
        "{\"arguments\":\"a\"} ! command.arguments: expected an array of strings, got a value of type STRING",
        "{\"arguments\":[\"a\",1]} ! command.arguments: expected an array of strings, got a value of type ARRAY",
        "{\"shell\":7} ! command.shell: expected a string, got a value of type NUMBER",
        "{\"shell\":\"a\",\"user\":\"root\"} ! command.user: expected only the fields arguments,",
        "{\"shell\":\"a\",\"timeout_seconds\":1.5} ! command.timeout_seconds: expected 1 to 86,400 whole seconds",
        "{\"shell\":\"a\",\"timeout_seconds\":0} ! command.timeout_seconds: expected 1 to 86,400 whole seconds, got PT0S",
        "{\"shell\":\"a\",\"success_exit_codes\":[\"0\"]} ! command.success_exit_codes: expected an array of whole",
        "{\"shell\":\"a\",\"success_exit_codes\":[]} ! command.success_exit_codes: expected one or more exit codes",
        "{\"shell\":\"a\",\"environment\":{\"A\":1}} ! command.environment.A: expected a string, got a value of type NUMBER",
        "{\"shell\":\"a\",\"environment\":[]} ! command.environment: expected an object of strings",
        "{\"shell\":\"a\",\"inherit_environment\":\"yes\"} ! command.inherit_environment: expected true or false",
        "{\"shell\":\"a\",\"working_directory\":\"b\"} ! command.working_directory: expected an absolute path",
        "[] ! command: expected a JSON object without repeated keys, got a value of type ARRAY",
        "{\"shell\":\"a\",\"shell\":\"b\"} ! command: expected a JSON object without repeated keys, got something else",
      })
  void json_that_is_wrong_is_refused_by_name(String json, String message) {
    assertThatThrownBy(() -> CommandActionJson.fromJson(json))
        .isInstanceOf(ValidationException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    assertThatThrownBy(
            () ->
                CommandActionJson.fromJson(
                    "{\"shell\":\"\",\"stdin\":1,\"timeout_seconds\":0,\"a\":1}"))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .containsExactly(
                        "command.a", "command.stdin", "command.shell", "command.timeout_seconds"));
  }

  @Test
  void its_text_shows_neither_arguments_nor_values() {
    CommandAction action =
        CommandAction.of("mysql", "-phunter2").environment("PASSWORD", "sesame").build();

    assertThat(action)
        .hasToString("CommandAction[mysql, 1 arguments, environment=[PASSWORD], timeout=3600s]");
    assertThat(CommandAction.shell("mysql -phunter2").build().toString()).doesNotContain("hunter2");
    assertThat(full().secretNames()).containsExactly("shop-db");
  }
}
