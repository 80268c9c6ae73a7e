package io.trigrun.notify;

import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads a channel, its state and its noise control, in one call of the store. */
record DestinationLoader(JobStore store, Providers providers, ChannelVault vault)
    implements Function<UUID, Optional<Destination>> {

  @Override
  public Optional<Destination> apply(UUID channelId) {
    List<Definition> found =
        store.findDefinitions(
            List.of(channelId, ChannelState.idOf(channelId), NoiseDocument.idOf(channelId)));
    ChannelState state =
        found.stream()
            .filter(definition -> definition.kind().equals(ChannelState.KIND))
            .findFirst()
            .map(ChannelState::read)
            .orElse(ChannelState.NONE);
    NoiseControl noise =
        found.stream()
            .filter(definition -> definition.kind().equals(NoiseDocument.KIND))
            .findFirst()
            .map(Definition::document)
            .map(NoiseDocument::read)
            .orElse(NoiseControl.off());
    return found.stream()
        .filter(definition -> definition.kind().equals(ChannelDefinition.KIND))
        .findFirst()
        .map(channel -> Destination.of(channel, state, noise, providers, vault));
  }
}
