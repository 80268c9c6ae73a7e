package io.trigrun.notify;

import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.notify.ChannelHealth.Sign;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What an attempt says about its channel. It is an execution of its own, stored with the attempt:
 * were the count of faults part of the attempt's write, attempts that end at the same time would
 * refuse each other and messages would be sent twice.
 */
record HealthReport(UUID channelId, Sign sign, String reason, Instant at) {

  /** The same result, with what it says about the channel if that makes a difference. */
  static HandlerResult with(
      HandlerResult result, RunContext run, Destination to, Optional<DeliveryOutcome> answer) {
    Optional<AutoDisable> when = to.noise().autoDisable();
    Optional<Sign> sign = sign(answer);
    ChannelHealth health = to.state().health(to.definition());
    if (when.isEmpty() || sign.isEmpty() || !health.isNews(sign.get(), run.now(), when.get())) {
      return result;
    }
    String reason =
        result.outcome() instanceof Outcome.Failed failed ? failed.failure().message() : "";
    NewExecution report =
        new HealthReport(to.definition().id(), sign.get(), reason, run.now())
            .execution(run, to.state().version());
    return result.plus(WriteSet.enqueue(List.of(report)));
  }

  private static Optional<Sign> sign(Optional<DeliveryOutcome> answer) {
    if (answer.isEmpty() || answer.get() instanceof DeliveryOutcome.Transient) {
      return Optional.of(Sign.FAILED);
    }
    if (answer.get() instanceof DeliveryOutcome.Sent) {
      return Optional.of(Sign.SENT);
    }
    if (answer.get() instanceof DeliveryOutcome.Permanent permanent) {
      return switch (permanent.fault()) {
        case MESSAGE -> Optional.empty(); // says nothing about the next one
        case CHANNEL -> Optional.of(Sign.FAULT);
        case GONE -> Optional.of(Sign.GONE);
      };
    }
    return Optional.empty();
  }

  /** Of those that say the same about the same state, the first is enough. */
  private NewExecution execution(RunContext run, long stateVersion) {
    boolean counts = sign == Sign.FAULT || sign == Sign.GONE;
    String key =
        counts
            ? "health/" + run.executionId() + "/" + run.claimed().execution().lease()
            : "health/" + channelId + "/" + stateVersion + "/" + sign;
    return new NewExecution(
        TimeOrderedId.at(at),
        run.workspace(),
        DeliveryHandler.QUEUE,
        HealthHandler.NAME,
        Optional.empty(),
        Optional.of(run.executionId()),
        Optional.empty(),
        Trigger.SYSTEM,
        Priority.HIGH,
        at,
        at,
        at,
        Optional.of(new UniqueKey(key, UniqueKey.Scope.WHILE_LIVE)),
        Optional.empty(),
        JsonText.write(
            JsonText.object()
                .put("channel_id", channelId.toString())
                .put("sign", sign.name())
                .put("reason", reason)
                .put("at", at.toString())));
  }

  static HealthReport read(String payload) {
    JsonNode json = JsonText.read(payload);
    return new HealthReport(
        UUID.fromString(json.required("channel_id").stringValue()),
        Sign.valueOf(json.required("sign").stringValue()),
        json.required("reason").stringValue(),
        Instant.parse(json.required("at").stringValue()));
  }
}
