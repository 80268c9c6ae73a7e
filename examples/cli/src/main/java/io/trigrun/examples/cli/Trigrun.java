package io.trigrun.examples.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: {@code trigrun}, or {@code cronctl} as it used to be called. */
@Command(
    name = "trigrun",
    description = "Jobs, executions and notifications of a TrigRun server.",
    version = "trigrun 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the API refused; its code, message and details are told",
      "2:the command is wrong",
      "3:the API can't be reached, or took too long",
      "4:not authorized",
      "5:the watched execution failed or was cancelled",
      "130:ended by Ctrl-C; what runs on the server goes on"
    },
    footer = {
      "%nEnvironment:",
      "  TRIGRUN_API_URL  where the server is, without /v1; http://127.0.0.1:8080 if not set",
      "  TRIGRUN_TOKEN    who you are to it",
      "  TRIGRUN_TIMEOUT  how long it may take to answer; 60s if not set",
      "  NO_COLOR         no colours, if set to anything",
      "%nThe older CRON_API_URL and CRON_TOKEN count where the new ones are not set."
    })
public final class Trigrun {

  private static final char UNREADABLE = '\ufffd'; // what Java has made of it

  private final Session session;

  private Trigrun(Session session) {
    this.session = session;
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 101,
      description = "Shows this.")
  void setShowHelp(boolean showHelp) {
    // picocli does it
  }

  @Option(names = "--version", versionHelp = true, order = 102, description = "Shows the version.")
  void setShowVersion(boolean showVersion) {
    // picocli does it
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      order = 100,
      description = "Prints what the API says, as it is. Lists become one array.")
  void setAsJson(boolean asJson) {
    if (asJson) {
      session.setAsJson(true);
    }
  }

  /** The process ends with the exit code of the command. */
  public static void main(String[] arguments) {
    PrintStream out = stream(System.out);
    PrintStream err = stream(System.err);
    Output output = new Output(out, err, Screen.find(System.getenv()));
    Session session = new Session(System.getenv(), Input.ofSystem(), output, Time.real());
    Runtime.getRuntime().addShutdownHook(new Thread(output::leaveLine)); // Ctrl-C in a watch
    int exitCode = run(session, name(), arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }

  /**
   * A command within this process, as if nothing of it were a terminal.
   *
   * @param environment in place of the process's own
   * @param name what the program is called by: {@code trigrun}, {@code cronctl}
   * @return the exit code
   */
  public static int run(
      Map<String, String> environment,
      InputStream in,
      PrintStream out,
      PrintStream err,
      String name,
      String... arguments) {
    Input input = new Input(in, question -> Optional.empty());
    Output output = new Output(out, err, Screen.PLAIN);
    return run(new Session(environment, input, output, Time.real()), name, arguments);
  }

  static int run(Session session, String name, String... arguments) {
    if (Arrays.stream(arguments).anyMatch(each -> each.indexOf(UNREADABLE) >= 0)) {
      session.output().note(name + ": arguments are not in the character set of LC_ALL or LANG");
      return ExitCode.USAGE;
    }
    return commands(session, name).execute(arguments);
  }

  /** As the script beside the jar was called. */
  private static String name() {
    return "cronctl".equals(System.getProperty("trigrun.name")) ? "cronctl" : "trigrun";
  }

  /** UTF-8, unless there is a console that says it wants something else. */
  private static PrintStream stream(PrintStream given) {
    Charset charset =
        Optional.ofNullable(System.console()).map(Console::charset).orElse(StandardCharsets.UTF_8);
    boolean poor = charset.equals(StandardCharsets.US_ASCII); // a locale that nobody has set
    return new PrintStream(given, true, poor ? StandardCharsets.UTF_8 : charset);
  }

  private static CommandLine commands(Session session, String name) {
    Screen screen = session.output().screen();
    CommandLine commands = new CommandLine(new Trigrun(session));
    List.of(
            new JobCommands(session),
            new ImportCommand(session),
            new ExecutionCommands(session),
            new ChannelCommands(session),
            new RuleCommands(session),
            new DeliveryCommands(session),
            new SecretCommands(session),
            new MonitorCommands(session),
            new CompletionCommand(session))
        .forEach(commands::addSubcommand);
    inOrderOfDeclaration(commands);
    return commands
        .setCommandName(name)
        .registerConverter(Duration.class, new Span())
        .setOut(session.output().writer())
        .setExpandAtFiles(false) // @channel is no file
        .setColorScheme(CommandLine.Help.defaultColorScheme(screen.colours() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(screen.isTerminal() ? Math.max(60, Math.min(100, screen.columns())) : 90)
        .setExecutionExceptionHandler((e, command, parsed) -> Troubles.failed(e, command, session))
        .setParameterExceptionHandler((e, arguments) -> Troubles.misused(e, session));
  }

  private static void inOrderOfDeclaration(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    command.getSubcommands().values().forEach(Trigrun::inOrderOfDeclaration);
  }
}
