package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.Failure;
import io.trigrun.route.JsonObject;
import io.trigrun.route.ObjectShape;
import io.trigrun.route.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Deliveries as the HTTP surface says them. */
final class DeliveryBody {

  static final Shape STATUS = Shape.words("where it stands", DeliveryStatus.values());
  static final Shape KIND =
      Shape.words("notifications to channels, or callbacks to URLs of jobs", DeliveryKind.values());

  static final ObjectShape DELIVERY =
      Shape.object("NotificationDelivery", "A message on its way, or one that was")
          .required("id", Shape.id("unique, for ever; sent as X-TrigRun-Delivery-Id"))
          .required("kind", KIND)
          .required("status", STATUS)
          .required("event", Shape.text("what it tells: execution.failed"))
          .required("channel_id", Shape.id("where to; null of a callback").orNull())
          .required("channel_name", Shape.text("what that is called, if it is there").orNull())
          .required("channel_type", Shape.text("which kind it is; callback of a callback"))
          .required("job_id", Shape.id("what it is about").orNull())
          .required("execution_id", Shape.id("what it is about").orNull())
          .required("monitor_id", Shape.id("what it is about").orNull())
          .required(
              "attempt_count", Shape.whole("how many attempts were begun since it was retried"))
          .required("error_class", Shape.text("why the latest attempt failed").orNull())
          .required("error", Shape.text("the same in a sentence").orNull())
          .required("note", Shape.text("what it waits for, if the receiver asked to").orNull())
          .required("created_at", Shape.instant("when it was made"))
          .required("next_attempt_at", Shape.instant("when it is sent next, if it waits").orNull())
          .required("finished_at", Shape.instant("when it was sent or had failed").orNull());

  private static final ObjectShape ATTEMPT =
      Shape.object("DeliveryAttempt", "One try to send it")
          .required("number", Shape.whole("1 for the first"))
          .required("status", Shape.text("SUCCESS, TIMEOUT, CONNECTION_ERROR, HTTP_ERROR, ..."))
          .required("status_code", Shape.whole("what the receiver answered").orNull())
          .required("latency_ms", Shape.whole("from the request to the end of the answer"))
          .required("body_preview", Shape.text("the start of the answer").orNull())
          .required("response_headers", Shape.map("of the answer", Shape.text("a value")))
          .required("error_class", Shape.text("what went wrong").orNull())
          .required("error", Shape.text("the same in a sentence").orNull())
          .required("started_at", Shape.instant("when it began"))
          .required("node", Shape.text("who made it"));

  static final ObjectShape WITH_ATTEMPTS =
      DELIVERY
          .extended("NotificationDeliveryWithAttempts", "A delivery and all tries to send it")
          .required("attempts", Shape.list("oldest first", ATTEMPT));

  private DeliveryBody() {}

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static DeliveryStatus status(String word) {
    return DeliveryStatus.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static DeliveryKind kind(String word) {
    return DeliveryKind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * A delivery.
   *
   * @param channels the names of those that are there
   */
  static JsonObject of(Delivery delivery, Map<UUID, String> channels) {
    return JsonObject.builder()
        .put("id", delivery.id())
        .put("kind", word(delivery.kind()))
        .put("status", word(delivery.status()))
        .put("event", delivery.event())
        .put("channel_id", delivery.channelId())
        .put(
            "channel_name",
            delivery.channelId().flatMap(id -> Optional.ofNullable(channels.get(id))))
        .put("channel_type", delivery.channelType())
        .put("job_id", delivery.subject().jobId())
        .put("execution_id", delivery.subject().executionId())
        .put("monitor_id", delivery.subject().monitorId())
        .put("attempt_count", delivery.attempts())
        .put("error_class", delivery.failure().map(Failure::errorClass))
        .put("error", delivery.failure().map(Failure::message))
        .put("note", delivery.note())
        .put("created_at", delivery.createdAt())
        .put("next_attempt_at", delivery.nextAttemptAt())
        .put("finished_at", delivery.finishedAt())
        .build();
  }

  static JsonObject of(Delivery delivery, Map<UUID, String> channels, List<Attempt> attempts) {
    return JsonObject.builder()
        .putAll(of(delivery, channels))
        .put("attempts", attempts.stream().map(DeliveryBody::of).toList())
        .build();
  }

  private static JsonObject of(Attempt attempt) {
    return JsonObject.builder()
        .put("number", attempt.number())
        .put("status", attempt.status().name())
        .put("status_code", attempt.statusCode())
        .put("latency_ms", attempt.latency().toMillis())
        .put("body_preview", attempt.bodyPreview())
        .put("response_headers", attempt.headers())
        .put("error_class", attempt.errorClass())
        .put("error", attempt.error())
        .put("started_at", attempt.startedAt())
        .put("node", attempt.node())
        .build();
  }
}
