package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the engine knows of a channel: kept beside it, so that it and those who edit the channel
 * don't get in each other's way. Goes with the channel.
 *
 * @param version of the definition; 0 if there is none yet
 * @param pausedUntil when the receiver wants to be called again, if it has asked to wait
 */
record ChannelState(long version, Optional<Instant> pausedUntil) {

  static final String KIND = "notification_channel_state";
  static final ChannelState NONE = new ChannelState(0, Optional.empty());

  private static final String PAUSED_UNTIL = "paused_until";

  /** Follows from the channel's id, so that nobody has to look for it. */
  static UUID idOf(UUID channelId) {
    return UUID.nameUUIDFromBytes(("trigrun/" + KIND + "/" + channelId).getBytes(UTF_8));
  }

  static ChannelState read(Definition definition) {
    JsonNode json = JsonText.read(definition.document());
    return new ChannelState(
        definition.version(),
        Optional.ofNullable(json.get(PAUSED_UNTIL)).map(JsonNode::stringValue).map(Instant::parse));
  }

  boolean isPausedAt(Instant now) {
    return pausedUntil.filter(now::isBefore).isPresent();
  }

  ChannelState pausedUntil(Instant until) {
    return new ChannelState(version, Optional.of(until));
  }

  /** The next version, to be saved. */
  Definition next(Definition channel, Instant now) {
    ObjectNode json = JsonText.object();
    pausedUntil.ifPresent(until -> json.put(PAUSED_UNTIL, until.toString()));
    UUID id = idOf(channel.id());
    return new Definition(
        id,
        channel.workspace(),
        KIND,
        id.toString(),
        Optional.of(channel.id()),
        Optional.empty(),
        Set.of(),
        true,
        version + 1,
        now,
        now,
        JsonText.write(json));
  }
}
