package io.trigrun.command;

import io.trigrun.JobAction;
import io.trigrun.validation.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A process as a job saves it (row S17): a program with its arguments, which no shell gets to see,
 * or, if asked for, a line for the shell. Immutable; {@link #toString} shows neither arguments nor
 * values of the environment.
 *
 * <pre>{@code
 * CommandAction.of("pg_dump", "-Fc", "-f", "/backup/shop.dump", "shop")
 *     .environment("PGPASSWORD", "secret://shop-db")
 *     .timeout(Duration.ofHours(2))
 *     .build()
 * }</pre>
 *
 * <p>Everything is checked when the action is made. Messages use the names of the JSON form ({@link
 * CommandActionJson}), such as {@code command.timeout_seconds}.
 *
 * @param arguments the program and its arguments, as they reach it; empty if there is a shell line.
 *     1 to 1,000, at most 65,536 bytes of UTF-8 together, none with {@code secret://}: the list of
 *     processes shows them to every user of the machine
 * @param shell a line that {@code /bin/sh -c} runs; of the same length
 * @param workingDirectory an absolute path; by default the home directory that the command sees
 * @param environment variables that it gets besides those that every command gets; at most 200. A
 *     value is a text or, as a whole, {@code secret://name}
 * @param inheritEnvironment whether it gets all variables of the host's process, too; by default it
 *     does not, since passwords are among them as a rule
 * @param stdin what it reads from its standard input, at most 16,384 bytes of UTF-8; by default
 *     nothing
 * @param timeout how long it may run before it is killed with all it has started: 1 to 86,400 whole
 *     seconds, one hour by default
 * @param successExitCodes the exit codes that count as success: 0 to 255 each, by default 0 alone
 */
public record CommandAction(
    List<String> arguments,
    Optional<String> shell,
    Optional<String> workingDirectory,
    Map<String, String> environment,
    boolean inheritEnvironment,
    Optional<String> stdin,
    Duration timeout,
    SortedSet<Integer> successExitCodes)
    implements JobAction {

  static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);
  static final List<Integer> DEFAULT_EXIT_CODES = List.of(0);

  /**
   * @throws io.trigrun.validation.ValidationException listing every problem
   */
  public CommandAction {
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    successExitCodes = Collections.unmodifiableSortedSet(new TreeSet<>(successExitCodes));
    Problems problems = new Problems();
    problems.check(
        arguments.isEmpty() == shell.isPresent(),
        "command",
        "either arguments or shell",
        shell.isPresent() ? "both" : "neither");
    if (!arguments.isEmpty()) {
      CommandRules.checkArguments(arguments, problems);
    }
    shell.ifPresent(line -> CommandRules.checkShell(line, problems));
    workingDirectory.ifPresent(path -> CommandRules.checkDirectory(path, problems));
    CommandRules.checkEnvironment(environment, problems);
    stdin.ifPresent(text -> CommandRules.checkStdin(text, problems));
    CommandRules.checkTimeout(timeout, problems);
    CommandRules.checkExitCodes(successExitCodes, problems);
    problems.throwIfAny();
  }

  /**
   * A builder for a program, looked for in the {@code PATH} of the host's process unless its name
   * has a slash, and the arguments that it gets exactly as they are: no shell reads them.
   */
  public static Builder of(String program, String... arguments) {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(List.of(arguments));
    return of(all);
  }

  /** As {@link #of(String, String...)}, the program being the first of the list. */
  public static Builder of(List<String> arguments) {
    return new Builder(arguments, Optional.empty());
  }

  /**
   * A builder for a line that {@code /bin/sh -c} runs. Whoever can put text into it can run what
   * they like: keep what comes from outside in the {@linkplain Builder#environment environment}.
   */
  public static Builder shell(String line) {
    return new Builder(List.of(), Optional.of(line));
  }

  /** What is started: the arguments, or the shell with its line. */
  public List<String> commandLine() {
    return shell.map(line -> List.of("/bin/sh", "-c", line)).orElse(arguments);
  }

  /** The names behind {@code secret://} in the environment, each once, sorted. */
  public SortedSet<String> secretNames() {
    TreeSet<String> names = new TreeSet<>();
    environment.values().forEach(value -> CommandRules.secretName(value).ifPresent(names::add));
    return names;
  }

  @Override
  public String toString() {
    return "CommandAction["
        + (shell.isPresent() ? "a shell line" : CommandRules.shown(arguments.get(0)))
        + ", "
        + Math.max(0, arguments.size() - 1)
        + " arguments, environment="
        + environment.keySet()
        + ", timeout="
        + timeout.toSeconds()
        + "s]";
  }

  /**
   * Collects the parts of an action. Each setter refuses a bad value at once with a {@link
   * io.trigrun.validation.ValidationException}; not thread-safe.
   */
  public static final class Builder {
    private final List<String> arguments;
    private final Optional<String> shell;
    private Optional<String> workingDirectory = Optional.empty();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private boolean inheritEnvironment;
    private Optional<String> stdin = Optional.empty();
    private Duration timeout = DEFAULT_TIMEOUT;
    private Collection<Integer> successExitCodes = DEFAULT_EXIT_CODES;

    private Builder(List<String> arguments, Optional<String> shell) {
      CommandRules.now(
          problems -> {
            shell.ifPresentOrElse(
                line -> CommandRules.checkShell(line, problems),
                () -> CommandRules.checkArguments(arguments, problems));
          });
      this.arguments = List.copyOf(arguments);
      this.shell = shell;
    }

    /**
     * Where it runs: an absolute path of the node that runs it. Default: the directory that the
     * command has in {@code HOME} or, if there is none such, that of the host's process.
     */
    public Builder workingDirectory(Path path) {
      CommandRules.now(problems -> CommandRules.checkDirectory(path.toString(), problems));
      workingDirectory = Optional.of(path.toString());
      return this;
    }

    /**
     * Sets a variable, replacing one of that name that it would get anyway. Names are letters,
     * digits and underscores; those that begin with {@code TRIGRUN_} belong to the library. The
     * value {@code secret://name} becomes that secret when the command starts.
     */
    public Builder environment(String name, String value) {
      return environment(Map.of(name, value));
    }

    /** As {@link #environment(String, String)}, several at once. */
    public Builder environment(Map<String, String> variables) {
      CommandRules.now(problems -> CommandRules.checkEnvironment(variables, problems));
      environment.putAll(variables);
      return this;
    }

    /** Whether it gets all variables of the host's process, passwords included. Default: no. */
    public Builder inheritEnvironment(boolean value) {
      inheritEnvironment = value;
      return this;
    }

    /** What it reads from its standard input. Default: nothing, it is at its end at once. */
    public Builder stdin(String text) {
      CommandRules.now(problems -> CommandRules.checkStdin(text, problems));
      stdin = Optional.of(text);
      return this;
    }

    /** How long it may run: 1 to 86,400 whole seconds, one hour by default. */
    public Builder timeout(Duration value) {
      CommandRules.now(problems -> CommandRules.checkTimeout(value, problems));
      timeout = value;
      return this;
    }

    /** Replaces the exit codes that count as success: 0 by default. */
    public Builder successExitCodes(int... codes) {
      List<Integer> list = Arrays.stream(codes).boxed().toList();
      CommandRules.now(problems -> CommandRules.checkExitCodes(list, problems));
      successExitCodes = list;
      return this;
    }

    /**
     * The action.
     *
     * @throws io.trigrun.validation.ValidationException if the variables are too many together
     */
    public CommandAction build() {
      return new CommandAction(
          arguments,
          shell,
          workingDirectory,
          environment,
          inheritEnvironment,
          stdin,
          timeout,
          new TreeSet<>(successExitCodes));
    }
  }
}
