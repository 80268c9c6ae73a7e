package io.trigrun.notify;

import io.trigrun.Page;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A channel and how it does, as the HTTP surface shows them.
 *
 * @param tag rises with each change of one of the two
 */
record ChannelView(Channel channel, ChannelHealth health, long tag) {

  static ChannelView of(Host host, Channel channel) {
    return of(host, List.of(channel)).get(0);
  }

  static Page<ChannelView> of(Host host, Page<Channel> channels) {
    return new Page<>(of(host, channels.items()), channels.next());
  }

  private static List<ChannelView> of(Host host, Collection<Channel> channels) {
    Map<UUID, ChannelState> states = new HashMap<>();
    List<UUID> ids = channels.stream().map(each -> ChannelState.idOf(each.id())).toList();
    for (Definition found : host.store().findDefinitions(ids)) {
      states.put(found.id(), ChannelState.read(found));
    }
    List<ChannelView> views = new ArrayList<>();
    for (Channel channel : channels) {
      ChannelState state =
          Optional.ofNullable(states.get(ChannelState.idOf(channel.id())))
              .orElse(ChannelState.NONE);
      views.add(
          new ChannelView(
              channel, state.health(channel.updatedAt()), channel.version() + state.version()));
    }
    return views;
  }
}
