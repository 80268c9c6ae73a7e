package io.trigrun.notify;

import io.trigrun.ConflictException;
import io.trigrun.spi.Definition;
import io.trigrun.spi.Host;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The filters of a workspace (row N11), in two layers: switches for events, and for single channels
 * switches that override them. A channel that says nothing about an event inherits the workspace's
 * switch; an event that the workspace says nothing about is on. Filters take messages away that
 * rules would send, and never add any. A change is in force for every run that is claimed after it,
 * on every node. Thread-safe.
 */
public final class Filters {

  private static final int TRIES = 20;

  private final Host host;
  private final String workspace;

  Filters(Host host, String workspace) {
    this.host = host;
    this.workspace = workspace;
  }

  /** As they stand. */
  public EventFilter get() {
    return FilterDocument.load(host.store(), workspace);
  }

  /** Switches an event on or off for all channels that don't override it. */
  public EventFilter set(NotificationEvent event, boolean on) {
    return change(filter -> new EventFilter(with(filter.events(), event, on), filter.channels()));
  }

  /**
   * Switches an event on or off for one channel.
   *
   * @throws io.trigrun.validation.ValidationException if the workspace has no such {@code
   *     channel_id}
   */
  public EventFilter override(UUID channelId, NotificationEvent event, boolean on) {
    requireChannel(channelId);
    return change(
        filter ->
            withChannel(
                filter,
                channelId,
                with(filter.channels().getOrDefault(channelId, Map.of()), event, on)));
  }

  /** Lets a channel inherit the workspace's switch for an event again. */
  public EventFilter inherit(UUID channelId, NotificationEvent event) {
    return change(
        filter -> {
          Map<String, Boolean> own =
              new HashMap<>(filter.channels().getOrDefault(channelId, Map.of()));
          own.remove(event.ruleName());
          return withChannel(filter, channelId, own);
        });
  }

  private EventFilter change(UnaryOperator<EventFilter> step) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Definition> old =
          host.store().findDefinitionByName(workspace, FilterDocument.KIND, FilterDocument.NAME);
      EventFilter now =
          existing(
              step.apply(
                  old.map(Definition::document)
                      .map(FilterDocument::read)
                      .orElse(EventFilter.OPEN)));
      if (host.store().write(WriteSet.save(definition(old, now))) instanceof WriteResult.Stored) {
        return now;
      }
    }
    throw new ConflictException(
        "expected nobody else to change the filters, got %d changes meanwhile: try again"
            .formatted(TRIES));
  }

  /** Without the overrides of channels that were deleted. */
  private EventFilter existing(EventFilter filter) {
    Map<UUID, Map<String, Boolean>> channels = new HashMap<>(filter.channels());
    Map<UUID, Definition> there = new HashMap<>();
    host.store()
        .findDefinitions(channels.keySet())
        .forEach(definition -> there.put(definition.id(), definition));
    channels.keySet().retainAll(there.keySet());
    return new EventFilter(filter.events(), channels);
  }

  private Definition definition(Optional<Definition> old, EventFilter filter) {
    Instant now = host.clock().instant();
    return new Definition(
        old.map(Definition::id).orElseGet(() -> TimeOrderedId.at(now)),
        workspace,
        FilterDocument.KIND,
        FilterDocument.NAME,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        old.map(Definition::version).orElse(0L) + 1,
        old.map(Definition::createdAt).orElse(now),
        now,
        FilterDocument.write(filter));
  }

  private void requireChannel(UUID channelId) {
    Problems.require(
        Definitions.find(host.store(), channelId, ChannelDefinition.KIND)
            .filter(channel -> channel.workspace().equals(workspace))
            .isPresent(),
        "channel_id",
        "the id of a channel",
        channelId);
  }

  private static EventFilter withChannel(
      EventFilter filter, UUID channelId, Map<String, Boolean> own) {
    Map<UUID, Map<String, Boolean>> channels = new HashMap<>(filter.channels());
    if (own.isEmpty()) {
      channels.remove(channelId);
    } else {
      channels.put(channelId, Map.copyOf(own));
    }
    return new EventFilter(filter.events(), channels);
  }

  private static Map<String, Boolean> with(
      Map<String, Boolean> flags, NotificationEvent event, boolean on) {
    Map<String, Boolean> all = new HashMap<>(flags);
    all.put(event.ruleName(), on);
    return all;
  }
}
