package io.trigrun.notify;

import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.notify.provider.ApprovalSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.secret.SecretUnavailableException;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes one delivery of an occurrence for each channel that hears of it, rendered and ready, and
 * takes it in for each rule that collects. What flaps is held back.
 */
record Fanout(
    Routing routing,
    Function<UUID, Optional<Destination>> destinations,
    FlapPlanner flaps,
    ContentVault vault) {

  WriteSet of(Occurrence occurrence) {
    return of(occurrence, audience(occurrence), channelId -> true);
  }

  /** As {@link #of(Occurrence)}, if it is known already who may hear of it. */
  WriteSet of(Occurrence occurrence, Audience audience) {
    return of(occurrence, audience, channelId -> true);
  }

  /** As {@link #of(Occurrence)}, but for one channel. */
  WriteSet of(Occurrence occurrence, UUID exceptChannelId) {
    return of(occurrence, audience(occurrence), channelId -> !channelId.equals(exceptChannelId));
  }

  private Audience audience(Occurrence occurrence) {
    return routing.audience(occurrence.workspace(), occurrence.owner(), occurrence.labels());
  }

  private WriteSet of(Occurrence occurrence, Audience audience, Predicate<UUID> channels) {
    Map<UUID, Hearing> hearings = new LinkedHashMap<>(audience.hearings(occurrence.names()));
    List<NewExecution> deliveries = new ArrayList<>(hearings.size());
    Map<UUID, FlapDecision> flapping = flaps.decide(occurrence, audience);
    hearings.keySet().removeIf(channels.negate());
    flapping.forEach(
        (channelId, decision) -> {
          if (!decision.lets()) {
            hearings.remove(channelId);
          }
        });
    Map<NotificationEvent, Message> messages = new HashMap<>();
    hearings.forEach(
        (channelId, hearing) -> {
          Message message = messages.computeIfAbsent(hearing.event(), occurrence.message());
          payload(occurrence, channelId, hearing, message)
              .ifPresent(payload -> deliveries.add(delivery(occurrence, channelId, payload)));
        });
    for (RuleDocument rule : audience.digests(occurrence.names())) {
      if (!channels.test(rule.channelId())) {
        continue;
      }
      Message message = messages.computeIfAbsent(rule.event().orElseThrow(), occurrence.message());
      deliveries.add(DigestItem.collecting(occurrence, rule.id(), message));
    }
    WriteSet writes = WriteSet.enqueue(deliveries);
    for (FlapDecision decision : flapping.values()) {
      writes = writes.plus(decision.writes(occurrence, this));
    }
    return writes;
  }

  /** The delivery to one channel, whatever the rules say; empty if it was deleted. */
  Optional<NewExecution> to(UUID channelId, Occurrence occurrence, Hearing hearing) {
    return payload(occurrence, channelId, hearing, occurrence.message().apply(hearing.event()))
        .map(payload -> delivery(occurrence, channelId, payload));
  }

  /** Empty for a channel that was deleted a moment ago. */
  private Optional<DeliveryPayload> payload(
      Occurrence occurrence, UUID channelId, Hearing hearing, Message message) {
    Optional<Destination> to;
    try {
      to = destinations.apply(channelId);
    } catch (SecretUnavailableException e) { // then it is rendered when it is sent
      return Optional.of(
          payload(
              occurrence,
              channelId,
              "unknown",
              hearing,
              message,
              DeliveryContent.of(message, hearing.template())));
    }
    return to.map(
        destination ->
            payload(
                occurrence,
                channelId,
                destination.type(),
                hearing,
                message,
                content(destination, message, hearing.template())));
  }

  private DeliveryPayload payload(
      Occurrence occurrence,
      UUID channelId,
      String channelType,
      Hearing hearing,
      Message message,
      DeliveryContent.Open content) {
    Optional<ApprovalSubject> approval =
        Optional.of(message.subject())
            .filter(ApprovalSubject.class::isInstance)
            .map(ApprovalSubject.class::cast);
    return new DeliveryPayload(
        channelId,
        channelType,
        hearing.event().wireName(),
        occurrence.subject(),
        message.notice().tone() == Tone.BAD || approval.isPresent(),
        approval.map(ApprovalSubject::expiresAt),
        vault.keep(occurrence.workspace(), channelId, message, content));
  }

  /** A fault of a provider costs the message, not the job: the delivery is there and says so. */
  private static DeliveryContent.Open content(
      Destination to, Message message, Optional<MessageTemplate> template) {
    DeliveryContent.Open unrendered = DeliveryContent.of(message, template);
    try {
      Optional<Rendering> rendering = to.sender().map(sender -> sender.render(message, template));
      return rendering.map(DeliveryContent::of).orElse(unrendered);
    } catch (RuntimeException e) {
      return unrendered;
    }
  }

  private static NewExecution delivery(
      Occurrence occurrence, UUID channelId, DeliveryPayload payload) {
    String key = "notify/" + occurrence.key() + "/" + channelId;
    Optional<UUID> id = occurrence.since().map(since -> TimeOrderedId.named(since, key));
    return new NewExecution(
        id.orElseGet(() -> TimeOrderedId.at(occurrence.at())),
        occurrence.workspace(),
        DeliveryHandler.QUEUE,
        DeliveryHandler.NAME,
        Optional.empty(), // it is no run of the job
        occurrence.subject().executionId(),
        Optional.empty(),
        Trigger.FOLLOW_UP,
        Priority.NORMAL,
        occurrence.at(),
        occurrence.at(),
        occurrence.at(),
        id.isPresent() ? Optional.empty() : Optional.of(UniqueKey.whileKept(key)),
        Optional.empty(),
        payload.write());
  }
}
