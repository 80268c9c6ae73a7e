package io.trigrun.notify;

import io.trigrun.http.HttpCall;
import io.trigrun.http.HttpMethod;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.trace.TraceContext;
import java.time.Duration;
import java.util.Optional;

/** The HTTP call of one attempt: what a provider asks for, and what all deliveries carry. */
final class DeliveryCall {

  static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int KEPT_BYTES = 16 * 1024;

  private DeliveryCall() {}

  /**
   * @throws io.trigrun.validation.ValidationException if the provider asks for something that can't
   *     be sent
   */
  static HttpCall of(
      OutboundRequest request,
      String contentType,
      DeliveryStamp stamp,
      Optional<TraceContext> trace) {
    HttpCall.Builder call =
        HttpCall.builder(HttpMethod.POST, request.url())
            .header("Content-Type", contentType)
            .header("User-Agent", "TrigRun")
            .header("X-TrigRun-Delivery-Id", stamp.id().toString())
            .header("X-TrigRun-Attempt", Integer.toString(stamp.attempt()))
            .body(request.body())
            .timeout(TIMEOUT)
            .maxBodyBytes(KEPT_BYTES);
    trace.ifPresent(context -> context.headers().forEach(call::header));
    request.headers().forEach(call::secretHeader);
    return call.build();
  }
}
