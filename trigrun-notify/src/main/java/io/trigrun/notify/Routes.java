package io.trigrun.notify;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads where the messages about a job go. */
record Routes(JobStore store, Providers providers) {

  /** In the order in which the channels were created. */
  List<Route> of(UUID jobId) {
    List<Definition> rules = Definitions.all(store, RuleDocument.ownedBy(jobId));
    Map<UUID, Set<NotificationEvent>> events =
        rules.stream()
            .collect(
                groupingBy(
                    RuleDocument::channelId,
                    flatMapping(rule -> RuleDocument.event(rule).stream(), toSet())));
    return store.findDefinitions(events.keySet()).stream()
        .sorted(Comparator.comparing(Definition::createdAt).thenComparing(Definition::id))
        .map(
            channel ->
                new Route(
                    Destination.of(channel, providers),
                    events.getOrDefault(channel.id(), Set.of())))
        .toList();
  }
}
