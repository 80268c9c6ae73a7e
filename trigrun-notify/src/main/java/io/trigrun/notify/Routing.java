package io.trigrun.notify;

import io.trigrun.Labels;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds the channels that hear of something, and as which event: by the rules of a job or monitor,
 * of its labels and of the workspace, and by the filters.
 */
final class Routing {

  private static final Comparator<RuleDocument> CLOSEST_FIRST =
      Comparator.comparing(rule -> rule.scope() instanceof RuleScope.WholeWorkspace);

  private final Function<UUID, List<RuleDocument>> owned;
  private final Function<String, List<RuleDocument>> common;
  private final Function<String, EventFilter> filters;

  private Routing(
      Function<UUID, List<RuleDocument>> owned,
      Function<String, List<RuleDocument>> common,
      Function<String, EventFilter> filters) {
    this.owned = owned;
    this.common = common;
    this.filters = filters;
  }

  /** As of the latest claim, from caches: for what runs bring about. */
  static Routing cached(Host host) {
    Routing fresh = fresh(host.store());
    return new Routing(
        host.cache(fresh.owned)::get,
        host.cache(fresh.common)::get,
        host.cache(fresh.filters)::get);
  }

  /** As of this moment, from the store. */
  static Routing fresh(JobStore store) {
    return new Routing(
        owner -> rules(store, RuleDocument.ownedBy(owner)),
        workspace -> rules(store, RuleDocument.common(workspace)),
        workspace -> FilterDocument.load(store, workspace));
  }

  private static List<RuleDocument> rules(JobStore store, DefinitionQuery query) {
    return Definitions.all(store, query).stream().map(RuleDocument::read).toList();
  }

  /**
   * Each channel once, with the most specific event that it has a rule for and that no filter takes
   * away, in the words of the closest rule for that event that has some: of the job or monitor, of
   * a label, of the workspace.
   *
   * @param owner the job or monitor that it is about
   * @param names what it may be called, the most specific first
   */
  Map<UUID, Route> of(
      String workspace, Optional<UUID> owner, Labels labels, List<NotificationEvent> names) {
    Map<UUID, Map<NotificationEvent, Optional<MessageTemplate>>> heard = new LinkedHashMap<>();
    rules(workspace, owner, labels).stream()
        .filter(rule -> rule.options().digest().isEmpty())
        .sorted(CLOSEST_FIRST)
        .forEach(rule -> add(heard, rule));
    if (heard.isEmpty()) {
      return Map.of();
    }
    EventFilter filter = filters.apply(workspace);
    Map<UUID, Route> routes = new LinkedHashMap<>();
    heard.forEach(
        (channel, events) ->
            names.stream()
                .filter(events::containsKey)
                .filter(name -> filter.lets(name, channel))
                .findFirst()
                .ifPresent(
                    event ->
                        routes.put(
                            channel,
                            new Route(event, events.getOrDefault(event, Optional.empty())))));
    return routes;
  }

  /** The rules that collect such things, as far as no filter takes them away. */
  List<RuleDocument> digests(
      String workspace, Optional<UUID> owner, Labels labels, List<NotificationEvent> names) {
    List<RuleDocument> collecting =
        rules(workspace, owner, labels).stream()
            .filter(rule -> rule.options().digest().isPresent())
            .filter(rule -> rule.event().filter(names::contains).isPresent())
            .toList();
    if (collecting.isEmpty()) {
      return List.of();
    }
    EventFilter filter = filters.apply(workspace);
    return collecting.stream()
        .filter(rule -> filter.lets(rule.event().orElseThrow(), rule.channelId()))
        .toList();
  }

  private List<RuleDocument> rules(String workspace, Optional<UUID> owner, Labels labels) {
    List<RuleDocument> rules = new ArrayList<>();
    owner.ifPresent(id -> rules.addAll(owned.apply(id)));
    for (RuleDocument rule : common.apply(workspace)) {
      if (rule.scope().covers(labels)) {
        rules.add(rule);
      }
    }
    return rules;
  }

  private static void add(
      Map<UUID, Map<NotificationEvent, Optional<MessageTemplate>>> heard, RuleDocument rule) {
    rule.event()
        .ifPresent(
            event ->
                heard
                    .computeIfAbsent(rule.channelId(), id -> new HashMap<>())
                    .merge(
                        event,
                        rule.options().template(),
                        (closer, farther) -> closer.or(() -> farther)));
  }
}
