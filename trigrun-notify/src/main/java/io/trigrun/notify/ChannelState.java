package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine knows of a channel: kept beside it, so that it and those who edit the channel
 * don't get in each other's way. Goes with the channel.
 *
 * @param version of the definition; 0 if there is none yet
 * @param pausedUntil when the receiver wants to be called again, if it has asked to wait
 * @param channelOfHealth when the channel had last been changed that the health is of: one that was
 *     changed since is given another chance
 */
record ChannelState(
    long version,
    Optional<Instant> pausedUntil,
    Optional<Instant> channelOfHealth,
    ChannelHealth latestHealth) {

  static final String KIND = "notification_channel_state";
  static final ChannelState NONE =
      new ChannelState(0, Optional.empty(), Optional.empty(), ChannelHealth.GOOD);

  private static final String PAUSED_UNTIL = "paused_until";
  private static final String HEALTH_OF = "health_of";
  private static final String FAULTS = "faults";
  private static final String FAILING_SINCE = "failing_since";
  private static final String DISABLED_AT = "disabled_at";
  private static final String DISABLED_FOR = "disabled_for";

  static UUID idOf(UUID channelId) {
    return Definitions.idBeside(channelId, KIND);
  }

  static ChannelState read(Definition definition) {
    JsonNode json = JsonText.read(definition.document());
    return new ChannelState(
        definition.version(),
        instant(json.get(PAUSED_UNTIL)),
        instant(json.get(HEALTH_OF)),
        new ChannelHealth(
            json.path(FAULTS).intValue(0),
            instant(json.get(FAILING_SINCE)),
            instant(json.get(DISABLED_AT))
                .map(
                    at ->
                        new ChannelHealth.Disabled(at, json.path(DISABLED_FOR).stringValue("")))));
  }

  private static Optional<Instant> instant(@Nullable JsonNode node) {
    return Optional.ofNullable(node).map(JsonNode::stringValue).map(Instant::parse);
  }

  /** Good again if the channel was changed since. */
  ChannelHealth health(Definition channel) {
    return health(channel.updatedAt());
  }

  /** Of a channel that was last changed then. */
  ChannelHealth health(Instant channelChanged) {
    return channelOfHealth.equals(Optional.of(channelChanged)) ? latestHealth : ChannelHealth.GOOD;
  }

  boolean isPausedAt(Instant now) {
    return pausedUntil.filter(now::isBefore).isPresent();
  }

  ChannelState pausedUntil(Instant until) {
    return new ChannelState(version, Optional.of(until), channelOfHealth, latestHealth);
  }

  ChannelState with(ChannelHealth health, Definition channel) {
    return new ChannelState(version, pausedUntil, Optional.of(channel.updatedAt()), health);
  }

  /** The next version, to be saved. */
  Definition next(Definition channel, Instant now) {
    ObjectNode json = JsonText.object();
    pausedUntil.ifPresent(until -> json.put(PAUSED_UNTIL, until.toString()));
    channelOfHealth.ifPresent(at -> json.put(HEALTH_OF, at.toString()));
    json.put(FAULTS, latestHealth.faults());
    latestHealth.failingSince().ifPresent(at -> json.put(FAILING_SINCE, at.toString()));
    latestHealth
        .disabled()
        .ifPresent(
            disabled ->
                json.put(DISABLED_AT, disabled.at().toString())
                    .put(DISABLED_FOR, disabled.reason()));
    return Definitions.beside(channel, KIND, version + 1, now, JsonText.write(json));
  }
}
