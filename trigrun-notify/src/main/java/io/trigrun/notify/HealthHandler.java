package io.trigrun.notify;

import io.trigrun.Labels;
import io.trigrun.handler.Outcome;
import io.trigrun.notify.ChannelHealth.Disabled;
import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.internal.Timestamps;
import io.trigrun.notify.provider.HostSubject;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Notice;
import io.trigrun.notify.provider.Notice.Fact;
import io.trigrun.notify.provider.Notice.Tone;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WriteSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps count of what attempts say about channels, disables those that don't work and tells the
 * others (row N20).
 */
record HealthHandler(Function<UUID, Optional<Destination>> destinations, Fanout fanout)
    implements ExecutionHandler {

  static final String NAME = "trigrun.channel_health";

  @Override
  public CompletionStage<HandlerResult> handle(RunContext run) {
    HealthReport report = HealthReport.read(run.claimed().execution().payload());
    WriteSet writes =
        destinations
            .apply(report.channelId())
            .map(channel -> after(report, channel, run))
            .orElse(WriteSet.empty());
    return CompletableFuture.completedFuture(HandlerResult.of(Outcome.succeeded(), writes));
  }

  private WriteSet after(HealthReport report, Destination channel, RunContext run) {
    if (channel.noise().autoDisable().isEmpty()
        || report.at().isBefore(channel.definition().updatedAt())) {
      return WriteSet.empty();
    }
    ChannelHealth before = channel.state().health(channel.definition());
    ChannelHealth health =
        before.after(
            report.sign(), report.reason(), report.at(), channel.noise().autoDisable().get());
    if (health.equals(before)) {
      return WriteSet.empty();
    }
    WriteSet writes =
        WriteSet.save(
            channel
                .state()
                .with(health, channel.definition())
                .next(channel.definition(), run.now()));
    return health.disabled().isEmpty()
        ? writes
        : writes.plus(
            fanout.of(news(channel, health.disabled().get(), run), channel.definition().id()));
  }

  /** Told to every channel with a rule for it but this one, so that it can't go round. */
  private static Occurrence news(Destination channel, Disabled disabled, RunContext run) {
    return new Occurrence(
        run.workspace(),
        "disabled/" + channel.definition().id() + "/" + channel.state().version(),
        Optional.empty(),
        Optional.empty(),
        Labels.none(),
        DeliverySubject.none(),
        run.now(),
        List.of(NotificationEvent.ON_CHANNEL_DISABLED),
        event -> message(channel, disabled));
  }

  private static Message message(Destination channel, Disabled disabled) {
    String name = channel.definition().name();
    ObjectNode json =
        JsonText.object().put("event", NotificationEvent.ON_CHANNEL_DISABLED.wireName());
    json.putObject("channel")
        .put("id", channel.definition().id().toString())
        .put("name", name)
        .put("type", channel.type());
    json.put("reason", disabled.reason()).put("timestamp", Timestamps.millis(disabled.at()));
    return new Message(
        NotificationEvent.ON_CHANNEL_DISABLED.wireName(),
        disabled.at(),
        new HostSubject(JsonText.write(json)),
        Notice.of(Titles.line("Channel " + name, "was disabled"), Tone.BAD)
            .withFacts(
                List.of(new Fact("Type", channel.type()), new Fact("Reason", disabled.reason()))));
  }
}
