package io.trigrun.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said when a command is not done, and the exit code of it. */
final class Troubles {

  private Troubles() {}

  static int failed(Exception e, CommandLine command, Session session) {
    if (e instanceof Failure failure) {
      session.output().failure(name(command), failure, session.asJson());
      return failure.exitCode();
    }
    session.output().note(name(command) + ": a mistake in this program: " + e);
    for (StackTraceElement each : e.getStackTrace()) {
      session.output().note("  at " + each);
    }
    return ExitCode.BUG;
  }

  /** Short: the whole help would push the reason off the screen. */
  static int misused(ParameterException e, Session session) {
    CommandLine command = e.getCommandLine();
    Output output = session.output();
    if (!command.getSubcommands().isEmpty() && !(e instanceof UnmatchedArgumentException)) {
      output.help(command);
      return ExitCode.USAGE;
    }
    output.note(name(command) + ": " + message(e, command.getCommandSpec()));
    if (e instanceof UnmatchedArgumentException unmatched
        && !isAboutSecrets(command.getCommandSpec())) {
      unmatched.getSuggestions().stream().limit(3).forEach(each -> output.note("  maybe " + each));
    }
    String path = command.getCommandSpec().qualifiedName();
    output.note("See " + path + " --help");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e, CommandSpec command) {
    if (e instanceof UnmatchedArgumentException && isAboutSecrets(command)) {
      return "unknown argument; a value is never one, as others can see arguments";
    }
    return String.valueOf(e.getMessage());
  }

  private static boolean isAboutSecrets(CommandSpec command) {
    return command.parent() != null && command.parent().name().equals("secrets");
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().root().name();
  }
}
