package io.trigrun.notify;

import io.trigrun.AttemptStatus;
import io.trigrun.Failure;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.http.HttpReply;
import io.trigrun.http.HttpTransport;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RevisionCache;
import io.trigrun.spi.RunContext;
import io.trigrun.validation.ValidationException;
import java.time.Duration;
import java.util.Map;
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
    DeliveryVerdict verdict)
    implements ExecutionHandler {

  static final String NAME = "trigrun.delivery";
  static final String QUEUE = "notifications";
  static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int KEPT_BYTES = 16 * 1024;

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) throws InterruptedException {
    DeliveryPayload payload;
    try {
      payload = DeliveryPayload.read(run.claimed().execution().payload());
    } catch (IllegalStateException e) {
      return failed("payload_unreadable", String.valueOf(e.getMessage()));
    }
    Optional<Destination> destination = destinations.get(payload.channelId());
    if (destination.isEmpty()) {
      return failed("channel_deleted", "the channel was deleted before the message was sent");
    }
    if (destination.get().sender().isEmpty()) {
      return failed(
          "channel_unusable",
          "expected a channel of a known type with valid settings, got one of type "
              + payload.channelType()
              + ": save it again, or add its provider to this node");
    }
    if (payload.rendering().isEmpty()) {
      return failed("render_failed", "the message could not be rendered when it was planned");
    }
    Rendering rendering = payload.rendering().get();
    Sender sender = destination.get().sender().get();
    if (sender instanceof HttpSender<?> http) {
      return send(run, destination.get(), http, rendering);
    }
    return send(run, destination.get(), (DirectSender<?>) sender, rendering);
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
      RunContext run, Destination destination, HttpSender<?> sender, Rendering rendering)
      throws InterruptedException {
    HttpCall call;
    try {
      call = call(run, sender.request(rendering, stamp(run)), rendering.contentType());
    } catch (ValidationException e) {
      return failed("request_invalid", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) { // its message may hold anything
      return failed("request_invalid", "the provider failed: " + e.getClass().getSimpleName());
    }
    Redaction redaction = Redaction.of(destination, call.uri());
    CompletableFuture<HttpReply> sent = transport.send(call, run.mayWait());
    CompletableFuture<HandlerResult> result =
        sent.handle(
            (reply, failure) ->
                reply != null
                    ? verdict.of(
                        run, destination, sender.classify(reply, run.now()), reply, redaction)
                    : verdict.unanswered(
                        failure == null ? new IllegalStateException("no reply") : failure,
                        redaction));
    return endingWith(result, sent);
  }

  private CompletionStage<HandlerResult> send(
      RunContext run, Destination destination, DirectSender<?> sender, Rendering rendering) {
    Redaction redaction = Redaction.of(destination);
    DeliveryStamp stamp = stamp(run);
    CompletableFuture<DeliveryOutcome> sent =
        directSends.start(() -> sender.send(rendering, stamp, TIMEOUT));
    CompletableFuture<HandlerResult> result =
        sent.handle(
            (outcome, failure) ->
                outcome != null
                    ? verdict.of(run, destination, outcome, redaction)
                    : verdict.unreached(
                        failure == null ? new IllegalStateException("no outcome") : failure,
                        redaction));
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

  private static DeliveryStamp stamp(RunContext run) {
    return new DeliveryStamp(run.executionId(), run.attempt(), run.now());
  }

  private static HttpCall call(RunContext run, OutboundRequest request, String contentType) {
    HttpCall.Builder call =
        HttpCall.builder(HttpMethod.POST, request.url())
            .header("Content-Type", contentType)
            .header("User-Agent", "TrigRun")
            .header("X-TrigRun-Delivery-Id", run.executionId().toString())
            .header("X-TrigRun-Attempt", Integer.toString(run.attempt()))
            .body(request.body())
            .timeout(TIMEOUT)
            .maxBodyBytes(KEPT_BYTES);
    run.trace().ifPresent(trace -> trace.headers().forEach(call::header));
    request.headers().forEach(call::secretHeader);
    return call.build();
  }

  private static CompletionStage<HandlerResult> failed(String reason, String message) {
    return CompletableFuture.completedFuture(
        HandlerResult.of(
            new Outcome.Failed(
                new Failure(reason, message),
                false,
                Optional.empty(),
                new AttemptReport(
                    AttemptStatus.ERROR, Optional.empty(), Optional.empty(), Map.of()))));
  }
}
