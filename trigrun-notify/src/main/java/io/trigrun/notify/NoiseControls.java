package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.NotFoundException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The noise control of the channels of a workspace (row N20). It is kept beside the channel, so
 * that saving one never undoes the other, and goes with it. A change is in force for every delivery
 * attempt that starts after it, on every node. Thread-safe.
 */
public final class NoiseControls {

  private static final int TRIES = 20;

  private final Host host;
  private final String workspace;

  NoiseControls(Host host, String workspace) {
    this.host = host;
    this.workspace = workspace;
  }

  /**
   * As it stands; off if nothing was said.
   *
   * @throws NotFoundException if there is no such channel
   */
  public NoiseControl get(UUID channelId) {
    Definition unused = channel(channelId);
    return stored(NoiseDocument.idOf(channelId), NoiseDocument.KIND)
        .map(Definition::document)
        .map(NoiseDocument::read)
        .orElse(NoiseControl.off());
  }

  /**
   * Replaces it. What waits to be sent at a pace or after quiet hours that are no more is sent when
   * it was to be.
   *
   * @throws NotFoundException if there is no such channel
   */
  public NoiseControl set(UUID channelId, NoiseControl noise) {
    for (int i = 0; i < TRIES; i++) {
      Definition channel = channel(channelId);
      long version =
          stored(NoiseDocument.idOf(channelId), NoiseDocument.KIND)
              .map(Definition::version)
              .orElse(0L);
      Definition next = NoiseDocument.definition(channel, noise, version + 1, now());
      if (host.store().write(WriteSet.save(next)) instanceof WriteResult.Stored) {
        return noise;
      }
    }
    throw busy(channelId);
  }

  /**
   * How a channel with {@link AutoDisable} does.
   *
   * @throws NotFoundException if there is no such channel
   */
  public ChannelHealth health(UUID channelId) {
    return state(channelId).health(channel(channelId));
  }

  /**
   * Lets a channel that was disabled be used again; so does saving it with a change. What has
   * failed meanwhile is not sent by itself: {@link Deliveries#retry}.
   *
   * @throws NotFoundException if there is no such channel
   */
  public void enable(UUID channelId) {
    for (int i = 0; i < TRIES; i++) {
      Definition channel = channel(channelId);
      ChannelState state = state(channelId);
      if (state.health(channel).equals(ChannelHealth.GOOD)) {
        return;
      }
      Definition next = state.with(ChannelHealth.GOOD, channel).next(channel, now());
      if (host.store().write(WriteSet.save(next)) instanceof WriteResult.Stored) {
        return;
      }
    }
    throw busy(channelId);
  }

  private ChannelState state(UUID channelId) {
    return stored(ChannelState.idOf(channelId), ChannelState.KIND)
        .map(ChannelState::read)
        .orElse(ChannelState.NONE);
  }

  private Definition channel(UUID channelId) {
    return stored(channelId, ChannelDefinition.KIND)
        .orElseThrow(() -> new NotFoundException("channel", channelId));
  }

  private Optional<Definition> stored(UUID id, String kind) {
    return Definitions.find(host.store(), id, kind)
        .filter(found -> found.workspace().equals(workspace));
  }

  private Instant now() {
    return host.clock().instant();
  }

  private static ConflictException busy(UUID channelId) {
    return new ConflictException(
        "expected nobody else to change channel %s, got %d changes meanwhile: try again"
            .formatted(channelId, TRIES));
  }
}
