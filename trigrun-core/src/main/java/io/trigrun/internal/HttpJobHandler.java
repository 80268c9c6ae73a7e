package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.RetryPolicy;
import io.trigrun.egress.EgressRefusedException;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.ParentRun;
import io.trigrun.http.ErrorClass;
import io.trigrun.http.HttpAction;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.RequestTemplate;
import io.trigrun.http.ResolvedSecrets;
import io.trigrun.http.ResponseJudge;
import io.trigrun.http.RunStamp;
import io.trigrun.http.TracingHeaders;
import io.trigrun.http.Verdict;
import io.trigrun.secret.Redaction;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.SecretAccess;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Runs jobs that are HTTP calls: render, send, judge (rows S5 to S10). Waits for the answer on a
 * thread that may, else holds none.
 */
final class HttpJobHandler implements ExecutionHandler {

  static final String HANDLER = "trigrun.http";
  static final String QUEUE = "http";

  private final HttpTransport transport;
  private final TracingHeaders tracing;
  private final SecretAccess secrets;

  HttpJobHandler(HttpTransport transport, TracingHeaders tracing, SecretAccess secrets) {
    this.transport = transport;
    this.tracing = tracing;
    this.secrets = secrets;
  }

  HandlerRegistration registration() {
    return new HandlerRegistration(HANDLER, QUEUE, RetryPolicy.standard(), this);
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext context) throws InterruptedException {
    Optional<Job> job = context.job();
    if (job.isEmpty() || !(job.get().spec().action() instanceof HttpAction action)) {
      return CompletableFuture.completedFuture(
          HandlerResult.of(
              new Outcome.Cancelled(
                  new Failure("JOB_CHANGED", "its job is no HTTP job any more"))));
    }
    RetryPolicy policy = job.get().spec().retry().orElse(RetryPolicy.standard());
    ResolvedSecrets sent = new ResolvedSecrets(secrets.lookup(context.workspace()));
    CompletableFuture<HttpReply> reply = send(action, context, sent);
    Redaction redaction = sent.redaction();
    CompletableFuture<HandlerResult> judged =
        reply.handle((answer, error) -> outcome(context, action, policy, answer, error, redaction));
    return reply.isDone() ? judged : new Exchange(reply).completedBy(judged);
  }

  /** Placeholders may stand in the path and the query only, so any run will do. */
  @Override
  public Optional<String> targetHost(RunContext context) {
    return context.job().flatMap(HttpJobHandler::host);
  }

  private static Optional<String> host(Job job) {
    return job.spec().action() instanceof HttpAction action
        ? Optional.of(action.host())
        : Optional.empty();
  }

  @Override
  public boolean isAsynchronous() {
    return true;
  }

  /** A request that can't be made is judged as one that failed. */
  private CompletableFuture<HttpReply> send(
      HttpAction action, RunContext context, ResolvedSecrets values) throws InterruptedException {
    try {
      HttpCall call = RequestTemplate.of(action).render(stamp(context), tracing, values);
      return transport.send(call, context.mayWait());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * What the engine holds of a call: cancelling it must end the exchange, not only stop waiting for
   * it.
   */
  private static final class Exchange extends CompletableFuture<HandlerResult> {

    private final CompletableFuture<HttpReply> reply;

    Exchange(CompletableFuture<HttpReply> reply) {
      this.reply = reply;
    }

    Exchange completedBy(CompletionStage<HandlerResult> judged) {
      judged.whenComplete(
          (result, error) -> {
            if (error == null) {
              complete(result);
            } else {
              completeExceptionally(error);
            }
          });
      return this;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      // First of all: else the reply's own end would be judged as an answer and win.
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      reply.cancel(true);
      return cancelled;
    }
  }

  private static RunStamp stamp(RunContext context) {
    return new RunStamp(
        context.jobId().map(Object::toString),
        context.executionId(),
        context.scheduledFor(),
        0,
        context.attempt(),
        parentRun(context),
        context.trace());
  }

  /** Only a replay has to be asked about: its parent may be anything. */
  private static Optional<UUID> parentRun(RunContext context) {
    Execution run = context.claimed().execution();
    return switch (run.trigger()) {
      case FOLLOW_UP -> run.parentId();
      case REPLAY -> context.parentRun().map(ParentRun::executionId);
      default -> Optional.empty();
    };
  }

  private static HandlerResult outcome(
      RunContext context,
      HttpAction action,
      RetryPolicy policy,
      @org.jspecify.annotations.Nullable HttpReply reply,
      @org.jspecify.annotations.Nullable Throwable error,
      Redaction redaction) {
    if (reply != null) {
      Verdict verdict = ResponseJudge.judge(action, reply, context.now(), redaction);
      return HandlerResult.of(outcome(verdict, policy, false));
    }
    Throwable cause = cause(error);
    boolean isHopeless =
        (cause instanceof SecretUnavailableException secret && !secret.isRetryable())
            || (cause instanceof EgressRefusedException refused && !refused.mayChange());
    return HandlerResult.of(outcome(ResponseJudge.judge(cause, redaction), policy, isHopeless));
  }

  private static Throwable cause(@org.jspecify.annotations.Nullable Throwable error) {
    if (error instanceof CompletionException && error.getCause() != null) {
      return error.getCause();
    }
    return error == null
        ? new IllegalStateException("expected a reply or an error, got neither")
        : error;
  }

  private static Outcome outcome(Verdict verdict, RetryPolicy policy, boolean isHopeless) {
    AttemptReport report =
        new AttemptReport(
            verdict.status(),
            verdict.statusCode().isPresent()
                ? Optional.of(verdict.statusCode().getAsInt())
                : Optional.empty(),
            verdict.bodyPreview(),
            Map.copyOf(verdict.headers()));
    if (verdict.succeeded()) {
      return new Outcome.Succeeded(verdict.output(), report);
    }
    Failure failure =
        new Failure(verdict.errorClass().orElse("ERROR"), verdict.message().orElse("no message"));
    return new Outcome.Failed(
        failure, !isHopeless && isWorthARetry(verdict, policy), verdict.retryAfter(), report);
  }

  /**
   * Whether another attempt may help (row S6): after an answer with a failure status only if the
   * policy lists it, never after a request that could not be made, else always.
   */
  private static boolean isWorthARetry(Verdict verdict, RetryPolicy policy) {
    String errorClass = verdict.errorClass().orElse("");
    if (errorClass.equals(ErrorClass.MISSING_SECRET)
        || errorClass.equals(ErrorClass.INVALID_REQUEST)) {
      return false;
    }
    return !errorClass.startsWith("HTTP_")
        || (verdict.statusCode().isPresent()
            && policy.retryOnStatuses().contains(verdict.statusCode().getAsInt()));
  }
}
