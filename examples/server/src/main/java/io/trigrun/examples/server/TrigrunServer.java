package io.trigrun.examples.server;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** The program. */
@Command(
    name = "trigrun-server",
    description = "Runs jobs, and is managed over HTTP.",
    version = "trigrun-server 0.1.0",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "%nEnvironment:",
      "  TRIGRUN_TOKEN           the token that callers need, in place of one that the first start prints",
      "  TRIGRUN_JDBC_URL, TRIGRUN_RESEND_API_KEY, TRIGRUN_SMTP_URL   as the options of these names",
      "%nStops on SIGTERM and SIGINT with exit code 0. 1: it could not start, 2: an option is wrong."
    })
final class TrigrunServer implements Callable<Integer> {

  private final Map<String, String> environment;

  @Mixin private final Options options = new Options();

  private TrigrunServer(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new TrigrunServer(environment))
        .setParameterExceptionHandler(
            (e, arguments) -> {
              PrintWriter err = e.getCommandLine().getErr();
              err.println("trigrun-server: " + e.getMessage());
              err.println("See trigrun-server --help");
              return ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("trigrun-server: " + Troubles.words(e));
              return Troubles.isAboutOptions(e) ? ExitCode.USAGE : ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    ServerLimits.apply(options.requests);
    RunningServer running = RunningServer.start(options, environment);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "stop"));
    running.news().forEach(System.out::println); // whoever reads "ready" may stop it at once
    System.out.flush();
    new CountDownLatch(1).await(); // the hook ends it
    return ExitCode.OK;
  }

  /** By halt, as the JVM would report the signal, and whoever sent it wants to know how it went. */
  private static void stop(RunningServer running) {
    int status = ExitCode.OK;
    try {
      running.close();
      System.out.println("stopped");
    } catch (RuntimeException e) {
      System.err.println("trigrun-server: could not stop cleanly: " + e);
      status = ExitCode.SOFTWARE;
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }
}
