package io.trigrun.workflow.internal.http;

import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.ResolvedSecrets;
import io.trigrun.http.SecretLookup;
import io.trigrun.http.TracingHeaders;
import io.trigrun.secret.Redaction;
import io.trigrun.workflow.internal.expression.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends the requests of steps. Thread-safe. */
public final class StepCaller {

  private final HttpTransport transport;
  private final TracingHeaders tracing;
  private final Clock clock;

  /**
   * A caller.
   *
   * @param clock for a {@code Retry-After} that is a date
   */
  public StepCaller(HttpTransport transport, TracingHeaders tracing, Clock clock) {
    this.transport = transport;
    this.tracing = tracing;
    this.clock = clock;
  }

  /**
   * Renders, sends and judges. The future never fails: what could not be sent is an answer, too;
   * cancelling it ends the exchange. It completes on a thread of the transport.
   *
   * @param limit how long that may take, from here to the end of the answer
   * @param mayWait whether the calling thread may wait for the answer: then the future is done
   * @throws InterruptedException if the thread waited and was interrupted
   */
  public CompletableFuture<StepAnswer> send(
      StepCall call,
      Scope scope,
      SecretLookup secrets,
      StepStamp stamp,
      Duration limit,
      boolean mayWait)
      throws InterruptedException {
    ResolvedSecrets sent = new ResolvedSecrets(secrets);
    CompletableFuture<HttpReply> reply = exchange(call, scope, sent, stamp, limit, mayWait);
    Redaction redaction = sent.redaction();
    CompletableFuture<StepAnswer> judged =
        reply.handle(
            (answer, failure) ->
                answer == null
                    ? Judgement.of(failure, redaction)
                    : Judgement.of(call.rules(), answer, clock.instant(), redaction));
    return judged.isDone() ? judged : new Exchange(reply).completedBy(judged);
  }

  private CompletableFuture<HttpReply> exchange(
      StepCall call,
      Scope scope,
      SecretLookup secrets,
      StepStamp stamp,
      Duration limit,
      boolean mayWait)
      throws InterruptedException {
    try {
      return transport.send(call.render(scope, secrets, stamp, tracing, limit), mayWait);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Cancelling it ends the exchange, and not only the wait for it. */
  private static final class Exchange extends CompletableFuture<StepAnswer> {

    private final CompletableFuture<HttpReply> reply;

    Exchange(CompletableFuture<HttpReply> reply) {
      this.reply = reply;
    }

    Exchange completedBy(CompletionStage<StepAnswer> judged) {
      judged.whenComplete(
          (answer, failure) -> {
            if (failure == null) {
              complete(answer);
            } else {
              completeExceptionally(failure);
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
}
