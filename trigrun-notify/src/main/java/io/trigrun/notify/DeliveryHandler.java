package io.trigrun.notify;

import io.trigrun.Failure;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RevisionCache;
import io.trigrun.spi.RunContext;
import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes one attempt to deliver a message: find the channel as it is now, address and sign what was
 * rendered, send it, say what the answer means.
 */
record DeliveryHandler(
    HttpTransport transport,
    DirectSends directSends,
    RevisionCache<UUID, Optional<Destination>> destinations,
    DeliveryVerdict verdict,
    NoiseGate gate,
    ContentVault vault)
    implements ExecutionHandler {

  static final String NAME = "trigrun.delivery";
  static final String QUEUE = "notifications";

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) throws InterruptedException {
    DeliveryPayload payload;
    Optional<Destination> destination;
    try {
      payload = DeliveryPayload.read(run.claimed().execution().payload());
      destination = destinations.get(payload.channelId());
    } catch (IllegalStateException e) {
      return failed("payload_unreadable", String.valueOf(e.getMessage()));
    } catch (SecretUnavailableException e) {
      return failed(new Failure("secret_unavailable", String.valueOf(e.getMessage())), true);
    }
    if (destination.isEmpty()) {
      return failed("channel_deleted", "the channel was deleted before the message was sent");
    }
    Destination to = destination.get();
    Optional<ChannelHealth.Disabled> disabled = to.state().health(to.definition()).disabled();
    if (disabled.isPresent()) {
      return failed(
          "channel_disabled",
          "the channel was disabled at %s (%s): change it, or enable it"
              .formatted(disabled.get().at(), disabled.get().reason()));
    }
    Optional<Instant> tooLate = payload.expiresAt().filter(at -> !run.now().isBefore(at));
    if (tooLate.isPresent()) {
      return failed("expired", "nobody needs the message any more: it was due by " + tooLate.get());
    }
    Optional<Outcome> held = gate.check(run, to.noise(), payload);
    if (held.isPresent()) {
      return CompletableFuture.completedFuture(HandlerResult.of(held.get()));
    }
    if (to.sender().isEmpty()) {
      return failed(to.unusable().orElseThrow(), false);
    }
    if (to.state().isPausedAt(run.now())) {
      return CompletableFuture.completedFuture(verdict.paused(run, to));
    }
    held = gate.pace(run, to.noise(), payload.channelId());
    if (held.isPresent()) {
      return CompletableFuture.completedFuture(HandlerResult.of(held.get()));
    }
    Sender sender = to.sender().get();
    Rendering rendering;
    try {
      DeliveryContent.Open content =
          vault.open(run.workspace(), payload.channelId(), payload.content());
      to = to.hiding(content.credentials());
      rendering = content.rendered(sender);
    } catch (SecretUnavailableException e) {
      return failed(
          new Failure("secret_unavailable", String.valueOf(e.getMessage())), e.isRetryable());
    } catch (RuntimeException e) { // its message may hold anything
      return failed(
          "render_failed", "the provider failed to render: " + e.getClass().getSimpleName());
    }
    DeliveryStamp stamp = stamp(run, payload);
    return sender instanceof HttpSender<?> http
        ? send(run, to, http, rendering, stamp)
        : send(run, to, (DirectSender<?>) sender, rendering, stamp);
  }

  @Override
  public Optional<String> targetHost(RunContext run) {
    DeliveryPayload payload = DeliveryPayload.read(run.claimed().execution().payload());
    return destinations
        .get(payload.channelId())
        .flatMap(Destination::sender)
        .filter(HttpSender.class::isInstance)
        .map(sender -> ((HttpSender<?>) sender).target().getHost());
  }

  @Override
  public boolean isAsynchronous() {
    return true;
  }

  private CompletionStage<HandlerResult> send(
      RunContext run,
      Destination destination,
      HttpSender<?> sender,
      Rendering rendering,
      DeliveryStamp stamp)
      throws InterruptedException {
    HttpCall call;
    try {
      call =
          DeliveryCall.of(
              sender.request(rendering, stamp), rendering.contentType(), stamp, run.trace());
    } catch (ValidationException e) {
      return failed(
          "request_invalid", destination.redaction().apply(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) { // its message may hold anything
      return failed("request_invalid", "the provider failed: " + e.getClass().getSimpleName());
    }
    CompletableFuture<HttpReply> sent = transport.send(call, run.mayWait());
    CompletableFuture<HandlerResult> result =
        sent.handle(
            (reply, failure) -> {
              if (reply == null) {
                HandlerResult unanswered =
                    verdict.unanswered(
                        failure == null ? new IllegalStateException("no reply") : failure,
                        destination.redaction());
                return HealthReport.with(unanswered, run, destination, Optional.empty());
              }
              DeliveryOutcome meaning = destination.classify(sender, reply, run.now());
              return HealthReport.with(
                  verdict.of(run, destination, meaning, reply),
                  run,
                  destination,
                  Optional.of(meaning));
            });
    return endingWith(result, sent);
  }

  private CompletionStage<HandlerResult> send(
      RunContext run,
      Destination destination,
      DirectSender<?> sender,
      Rendering rendering,
      DeliveryStamp stamp) {
    CompletableFuture<DeliveryOutcome> sent =
        directSends.start(() -> sender.send(rendering, stamp, DeliveryCall.TIMEOUT));
    CompletableFuture<HandlerResult> result =
        sent.handle(
            (outcome, failure) ->
                HealthReport.with(
                    outcome != null
                        ? verdict.of(run, destination, outcome)
                        : verdict.unreached(
                            failure == null ? new IllegalStateException("no outcome") : failure,
                            destination.redaction()),
                    run,
                    destination,
                    Optional.ofNullable(outcome)));
    return endingWith(result, sent);
  }

  /** A lost lease ends the exchange, too. */
  private static CompletableFuture<HandlerResult> endingWith(
      CompletableFuture<HandlerResult> result, CompletableFuture<?> sent) {
    var unused =
        result.whenComplete(
            (done, failure) -> {
              if (result.isCancelled()) {
                sent.cancel(true);
              }
            });
    return result;
  }

  private static DeliveryStamp stamp(RunContext run, DeliveryPayload payload) {
    return new DeliveryStamp(run.executionId(), payload.event(), run.attempt(), run.now());
  }

  private static CompletionStage<HandlerResult> failed(String reason, String message) {
    return failed(new Failure(reason, message), false);
  }

  private static CompletionStage<HandlerResult> failed(Failure why, boolean retry) {
    return CompletableFuture.completedFuture(
        HandlerResult.of(new Outcome.Failed(why, retry, Optional.empty(), AttemptReport.error())));
  }
}
