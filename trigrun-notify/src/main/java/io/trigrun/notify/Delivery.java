package io.trigrun.notify;

import io.trigrun.Execution;
import io.trigrun.Failure;
import io.trigrun.Progress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message on its way to a channel, or a callback on its way to a job's URL: a view of the
 * execution that sends it. A snapshot.
 *
 * @param id of the execution that sends it; the same in every attempt, also sent as {@code
 *     X-TrigRun-Delivery-Id}
 * @param kind whether it is a notification or a callback
 * @param channelId of a channel that may have been deleted since; empty of a callback
 * @param channelType the kind of channel, {@code webhook} for example; of a callback {@code
 *     callback}
 * @param event what it tells, {@code execution.failed} for example
 * @param subject what it is about
 * @param attempts how many have been begun since it was created or last retried by hand
 * @param nextAttemptAt when it is sent next, while it waits
 * @param failure why it has failed; of a waiting one, why its latest attempt has
 * @param note of a waiting one, what it waits for, if the receiver asked to wait
 */
public record Delivery(
    UUID id,
    String workspace,
    DeliveryKind kind,
    Optional<UUID> channelId,
    String channelType,
    String event,
    DeliverySubject subject,
    DeliveryStatus status,
    int attempts,
    Instant createdAt,
    Optional<Instant> nextAttemptAt,
    Optional<Instant> finishedAt,
    Optional<Failure> failure,
    Optional<String> note) {

  static Delivery of(Execution execution) {
    if (execution.handler().equals(DeliveryKind.CALLBACK.handler())) {
      CallbackView about = CallbackView.read(execution.payload());
      return of(
          execution,
          DeliveryKind.CALLBACK,
          Optional.empty(),
          "callback",
          about.event(),
          DeliverySubject.execution(about.jobId(), about.executionId()));
    }
    DeliveryPayload payload = DeliveryPayload.read(execution.payload());
    return of(
        execution,
        DeliveryKind.NOTIFICATION,
        Optional.of(payload.channelId()),
        payload.channelType(),
        payload.event(),
        payload.subject());
  }

  private static Delivery of(
      Execution execution,
      DeliveryKind kind,
      Optional<UUID> channelId,
      String channelType,
      String event,
      DeliverySubject subject) {
    DeliveryStatus status = DeliveryStatus.of(execution.state());
    boolean waits = status == DeliveryStatus.PENDING;
    return new Delivery(
        execution.id(),
        execution.workspace(),
        kind,
        channelId,
        channelType,
        event,
        subject,
        status,
        execution.attempt(),
        execution.createdAt(),
        Optional.of(execution.dueAt()).filter(due -> waits),
        execution.finishedAt(),
        execution.failure(),
        execution
            .progress()
            .map(Progress::message)
            .filter(note -> waits && execution.failure().isEmpty()));
  }
}
