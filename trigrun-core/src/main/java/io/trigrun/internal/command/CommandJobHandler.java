package io.trigrun.internal.command;

import io.trigrun.AttemptStatus;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.RetryPolicy;
import io.trigrun.command.CommandAction;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.http.ErrorClass;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.SecretAccess;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs jobs that are commands (row S17), on the thread that calls it. What is run stands in the
 * job, never in the execution's payload.
 */
public final class CommandJobHandler implements ExecutionHandler {

  public static final String HANDLER = "trigrun.command";
  public static final String QUEUE = "commands";

  /** Of the queue, unless the host says otherwise: processes are not as cheap as calls. */
  public static final int PERMITS = 8;

  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  private final SecretAccess secrets;

  public CommandJobHandler(SecretAccess secrets) {
    this.secrets = secrets;
  }

  /** Nobody knows whether a command may be run twice, so it is not unless its job says so. */
  public HandlerRegistration registration() {
    return new HandlerRegistration(HANDLER, QUEUE, RetryPolicy.none(), this);
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext context) throws InterruptedException {
    Optional<Job> job = context.job();
    if (job.isEmpty() || !(job.get().spec().action() instanceof CommandAction action)) {
      return CompletableFuture.completedFuture(
          HandlerResult.of(
              new Outcome.Cancelled(
                  new Failure("JOB_CHANGED", "its job is no command job any more"))));
    }
    return CompletableFuture.completedFuture(HandlerResult.of(run(action, context)));
  }

  private Outcome run(CommandAction action, RunContext context) throws InterruptedException {
    CommandEnvironment environment;
    try {
      environment = CommandEnvironment.of(action, context, secrets.lookup(context.workspace()));
    } catch (SecretUnavailableException e) {
      Outcome.Failed failed =
          Outcome.failed(ErrorClass.SECRET_UNAVAILABLE, String.valueOf(e.getMessage()));
      return e.isRetryable() ? failed : failed.withoutRetry();
    }
    Optional<Outcome.Failed> refusal = refusal(action, environment);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before the command was started");
    }
    CommandProcess process;
    try {
      process = CommandProcess.start(action, environment);
    } catch (IOException e) {
      return Outcome.failed(
          "COMMAND_NOT_STARTED",
          "command: expected a program that this node can start, got: " + e.getMessage());
    }
    return outcome(action, process.await(action.timeout()));
  }

  private static Optional<Outcome.Failed> refusal(
      CommandAction action, CommandEnvironment environment) {
    return environment
        .missingSecret()
        .map(
            variable ->
                Outcome.failed(
                        ErrorClass.MISSING_SECRET,
                        "command.environment."
                            + variable
                            + ": expected a stored secret named "
                            + action.environment().get(variable)
                            + ", got none; create it or change the variable")
                    .withoutRetry())
        .or(
            () ->
                Encoding.misfit(action, environment.variables())
                    .map(
                        what ->
                            Outcome.failed(
                                    "COMMAND_NOT_ENCODABLE",
                                    what
                                        + ": expected characters that the JVM of this node can hand to a"
                                        + " process, got others; start it with LC_ALL=C.UTF-8")
                                .withoutRetry()));
  }

  private static Outcome outcome(CommandAction action, CommandProcess.End end) {
    if (end.exitCode().isEmpty()) {
      return failed(
          ErrorClass.TIMEOUT,
          "command.timeout_seconds: expected an end within "
              + action.timeout().toSeconds()
              + " s, got none; it was killed with all it had started",
          report(AttemptStatus.TIMEOUT, end));
    }
    int code = end.exitCode().get();
    if (action.successExitCodes().contains(code)) {
      return new Outcome.Succeeded(Optional.empty(), report(AttemptStatus.SUCCESS, end));
    }
    String signal =
        code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL
            ? " (as of one killed by signal " + (code - SIGNALLED) + ")"
            : "";
    return failed(
        "EXIT_CODE_" + code,
        "exit code: expected "
            + (action.successExitCodes().size() == 1
                ? action.successExitCodes().first()
                : "one of " + action.successExitCodes())
            + ", got "
            + code
            + signal,
        report(AttemptStatus.ERROR, end));
  }

  private static Outcome failed(String errorClass, String message, AttemptReport report) {
    return new Outcome.Failed(new Failure(errorClass, message), true, Optional.empty(), report);
  }

  private static AttemptReport report(AttemptStatus status, CommandProcess.End end) {
    return new AttemptReport(status, end.exitCode(), end.output(), Map.of());
  }
}
