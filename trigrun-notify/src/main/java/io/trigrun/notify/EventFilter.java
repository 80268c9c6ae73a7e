package io.trigrun.notify;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which events a workspace wants at all, and which channels want it otherwise (row N11). Pure.
 *
 * @param events by rule name; what is missing is on
 * @param channels overrides by channel and rule name; what is missing is as in {@code events}
 */
public record EventFilter(Map<String, Boolean> events, Map<UUID, Map<String, Boolean>> channels) {

  static final EventFilter OPEN = new EventFilter(Map.of(), Map.of());

  public EventFilter {
    events = Map.copyOf(events);
    channels = Map.copyOf(channels);
  }

  /** Whether a channel gets messages of an event, if a rule leads it there. */
  public boolean lets(NotificationEvent event, UUID channelId) {
    return effective(
        Optional.ofNullable(events.get(event.ruleName())),
        Optional.ofNullable(channels.get(channelId)).map(own -> own.get(event.ruleName())));
  }

  /** The channel's word if it has one, else the workspace's if it has one, else yes. */
  static boolean effective(Optional<Boolean> workspace, Optional<Boolean> channel) {
    return channel.or(() -> workspace).orElse(true);
  }
}
