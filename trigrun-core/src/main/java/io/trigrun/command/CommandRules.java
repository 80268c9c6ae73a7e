package io.trigrun.command;

import io.trigrun.validation.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules for the parts of a {@link CommandAction}. Messages show neither arguments nor values:
 * there may be passwords in them.
 */
final class CommandRules {

  /** A prefix of the variables that say which run it is. */
  private static final String OWN = "TRIGRUN_";

  private static final String SECRET = "secret://";

  /** Systems take 128 KB for one argument and more for all. */
  private static final int MOST_BYTES = 65_536;

  /** Every system's pipe takes as much at once, so that writing it waits for nobody. */
  private static final int MOST_STDIN = 16_384;

  private static final int MOST_ARGUMENTS = 1_000;
  private static final int MOST_VARIABLES = 200;
  private static final int LONGEST_PATH = 4_096;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");
  private static final Pattern REFERENCE = Pattern.compile("secret://([A-Za-z0-9_.-]{1,128})");

  /** By its looks, so that a node may read a job that is meant for another system. */
  private static final Pattern ABSOLUTE =
      Pattern.compile("(/|[A-Za-z]:[/\\\\]|\\\\\\\\).*", Pattern.DOTALL);

  private CommandRules() {}

  /** Refuses at once. */
  static void now(Consumer<Problems> check) {
    Problems problems = new Problems();
    check.accept(problems);
    problems.throwIfAny();
  }

  static void checkArguments(List<String> arguments, Problems problems) {
    problems.check(
        arguments.size() >= 1 && arguments.size() <= MOST_ARGUMENTS,
        "command.arguments",
        "a program and up to 999 arguments",
        arguments.size() + " in all");
    problems.check(
        arguments.isEmpty() || !arguments.get(0).isBlank(),
        "command.arguments[0]",
        "the name of a program",
        "nothing");
    for (int i = 0; i < arguments.size(); i++) {
      checkVisible("command.arguments[" + i + "]", arguments.get(i), problems);
    }
    int bytes = arguments.stream().mapToInt(CommandRules::bytes).sum();
    problems.check(
        bytes <= MOST_BYTES,
        "command.arguments",
        "at most 65,536 bytes together",
        bytes + " bytes");
  }

  static void checkShell(String line, Problems problems) {
    String field = "command.shell";
    problems.check(!line.isBlank(), field, "a line for the shell", "nothing");
    problems.check(
        bytes(line) <= MOST_BYTES, field, "at most 65,536 bytes", bytes(line) + " bytes");
    checkVisible(field, line, problems);
  }

  private static void checkVisible(String field, String text, Problems problems) {
    checkText(field, text, problems);
    problems.check(
        !text.contains(SECRET),
        field,
        "no secret:// (the list of processes would show it; use command.environment)",
        "a reference to a secret");
  }

  private static void checkText(String field, String text, Problems problems) {
    problems.check(
        text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text),
        field,
        "text without NUL characters and halves of characters",
        "some");
  }

  static void checkDirectory(String path, Problems problems) {
    String field = "command.working_directory";
    problems.check(
        ABSOLUTE.matcher(path).matches() && path.length() <= LONGEST_PATH,
        field,
        "an absolute path of at most 4,096 characters",
        path.isEmpty() ? "nothing" : shown(path));
    checkText(field, path, problems);
  }

  static void checkEnvironment(Map<String, String> environment, Problems problems) {
    String field = "command.environment";
    problems.check(
        environment.size() <= MOST_VARIABLES, field, "at most 200 variables", environment.size());
    int bytes = 0;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = field + "." + shown(variable.getKey());
      String value = variable.getValue();
      bytes += bytes(variable.getKey()) + bytes(value);
      problems.check(
          VARIABLE.matcher(variable.getKey()).matches(),
          name,
          "a name of 1 to 200 letters, digits and underscores, first no digit",
          shown(variable.getKey()));
      problems.check(
          !variable.getKey().startsWith(OWN),
          name,
          "no name that begins with TRIGRUN_: those say which run it is",
          shown(variable.getKey()));
      checkText(name, value, problems);
      problems.check(
          !value.contains(SECRET) || REFERENCE.matcher(value).matches(),
          name,
          "secret://name as the whole value, the name of 1 to 128 letters, digits and ._-",
          "secret:// with something else");
    }
    problems.check(
        bytes <= MOST_BYTES, field, "at most 65,536 bytes of names and values", bytes + " bytes");
  }

  /** The name of the secret that a variable's value stands for. */
  static Optional<String> secretName(String value) {
    Matcher reference = REFERENCE.matcher(value);
    return reference.matches() ? Optional.of(reference.group(1)) : Optional.empty();
  }

  static void checkStdin(String text, Problems problems) {
    String field = "command.stdin";
    problems.check(
        bytes(text) <= MOST_STDIN, field, "at most 16,384 bytes", bytes(text) + " bytes");
    checkText(field, text, problems);
  }

  static void checkTimeout(Duration timeout, Problems problems) {
    problems.check(
        timeout.compareTo(Duration.ofSeconds(1)) >= 0
            && timeout.compareTo(LONGEST) <= 0
            && timeout.equals(Duration.ofSeconds(timeout.toSeconds())),
        "command.timeout_seconds",
        "1 to 86,400 whole seconds",
        timeout);
  }

  static void checkExitCodes(Collection<Integer> codes, Problems problems) {
    problems.check(
        !codes.isEmpty() && codes.stream().allMatch(code -> code >= 0 && code <= 255),
        "command.success_exit_codes",
        "one or more exit codes from 0 to 255",
        codes);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A name or a path, fit for a message. */
  static String shown(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", " ");
    return visible.codePointCount(0, visible.length()) <= 60
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, 60)) + "...";
  }
}
