package io.trigrun.internal.callback;

import io.trigrun.BackoffPolicy;
import io.trigrun.Callbacks;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.RetryPolicy;
import io.trigrun.handler.AttemptReport;
import io.trigrun.http.ErrorClass;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.SecretLookup;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.signing.SignatureScheme;
import io.trigrun.signing.SigningKeys;
import io.trigrun.signing.SigningSecret;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt to send a callback: find where to, sign what was rendered when the run ended,
 * post it, say what the answer means.
 *
 * @param secrets the secrets of a workspace
 * @param jobs the job that a callback is about, as it is today: a URL or secret that was corrected
 *     counts for what is still to be sent. A job that is gone leaves what was planned
 */
public record CallbackHandler(
    HttpTransport transport,
    Function<String, SecretLookup> secrets,
    Function<UUID, Optional<Job>> jobs)
    implements ExecutionHandler {

  private static final List<SignatureScheme> SIGNATURES =
      List.of(SignatureScheme.bodyHex("X-Webhook-Signature"), SignatureScheme.standard());
  private static final String SCHEME = "secret://";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int KEPT_BYTES = 16 * 1024;
  private static final RetryPolicy RETRY =
      RetryPolicy.attempts(5)
          .withBackoff(new BackoffPolicy(Duration.ofSeconds(10), 6, Duration.ofHours(1), 0.5));

  /** Where a callback goes, and what it is signed with. */
  private record Way(String url, Optional<String> secret) {}

  public HandlerRegistration registration() {
    return new HandlerRegistration(Callbacks.HANDLER, Callbacks.QUEUE, RETRY, this);
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) throws InterruptedException {
    HttpCall call;
    try {
      CallbackPayload payload = CallbackPayload.read(run.claimed().execution().payload());
      Way way = way(payload);
      Optional<String> name = way.secret().map(text -> text.substring(SCHEME.length()));
      Optional<String> secret = name.flatMap(secrets.apply(run.workspace())::find);
      if (name.isPresent() && secret.isEmpty()) {
        return failed(
            ErrorClass.MISSING_SECRET,
            "callback_secret: expected a stored secret named "
                + name.get()
                + ", got none; create it, or change the job, and send the callback again");
      }
      call = call(run, way.url(), payload, secret);
    } catch (SecretUnavailableException e) {
      return failed(ErrorClass.SECRET_UNAVAILABLE, e.getMessage(), e.isRetryable());
    } catch (ValidationException | IllegalStateException e) {
      return failed(ErrorClass.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
    return send(run, call);
  }

  @Override
  public Optional<String> targetHost(RunContext run) {
    CallbackPayload payload = CallbackPayload.read(run.claimed().execution().payload());
    return Optional.ofNullable(URI.create(way(payload).url()).getHost());
  }

  @Override
  public boolean isAsynchronous() {
    return true;
  }

  private Way way(CallbackPayload payload) {
    ExecutionState end =
        payload.isAboutSuccess() ? ExecutionState.SUCCEEDED : ExecutionState.FAILED;
    Optional<Callbacks> today = jobs.apply(payload.jobId()).map(job -> job.spec().callbacks());
    return today
        .flatMap(callbacks -> callbacks.url(end))
        .map(url -> new Way(url, today.flatMap(Callbacks::secret)))
        .orElse(new Way(payload.url(), payload.secret()));
  }

  private static HttpCall call(
      RunContext run, String url, CallbackPayload payload, Optional<String> secret) {
    byte[] body = payload.body().getBytes(StandardCharsets.UTF_8);
    HttpCall.Builder call =
        HttpCall.builder(HttpMethod.POST, URI.create(url))
            .header("Content-Type", "application/json")
            .header("User-Agent", "TrigRun")
            .header("X-TrigRun-Delivery-Id", run.executionId().toString())
            .header("X-TrigRun-Attempt", Integer.toString(run.attempt()))
            .body(body)
            .timeout(TIMEOUT)
            .maxBodyBytes(KEPT_BYTES);
    run.trace().ifPresent(trace -> trace.headers().forEach(call::header));
    secret
        .map(text -> SigningSecret.of("callback_secret", text))
        .ifPresent(
            key ->
                SIGNATURES.stream()
                    .filter(scheme -> scheme.fits(key))
                    .map(
                        scheme ->
                            scheme.sign(
                                SigningKeys.of(key), run.executionId().toString(), run.now(), body))
                    .forEach(headers -> headers.forEach(call::secretHeader)));
    return call.build();
  }

  private CompletionStage<HandlerResult> send(RunContext run, HttpCall call)
      throws InterruptedException {
    CallbackVerdict verdict = new CallbackVerdict(call.uri());
    CompletableFuture<HttpReply> sent = transport.send(call, run.mayWait());
    CompletableFuture<HandlerResult> result =
        sent.handle(
            (reply, failure) ->
                HandlerResult.of(
                    reply != null
                        ? verdict.of(run, reply)
                        : verdict.unanswered(
                            failure == null ? new IllegalStateException("no reply") : failure)));
    var unused =
        result.whenComplete(
            (done, failure) -> {
              if (result.isCancelled()) { // a lost lease ends the exchange, too
                sent.cancel(true);
              }
            });
    return result;
  }

  private static CompletionStage<HandlerResult> failed(String errorClass, String message) {
    return failed(errorClass, message, false);
  }

  private static CompletionStage<HandlerResult> failed(
      String errorClass, @Nullable String message, boolean retry) {
    return CompletableFuture.completedFuture(
        HandlerResult.of(
            CallbackVerdict.failed(
                errorClass, String.valueOf(message), retry, AttemptReport.error())));
  }
}
