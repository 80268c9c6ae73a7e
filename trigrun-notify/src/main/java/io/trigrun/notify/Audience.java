package io.trigrun.notify;

import io.trigrun.notify.provider.MessageTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who may hear of what happens to something: the rules about it, found once for all that happens to
 * it at the same time. Mostly there are none, so that has to cost nothing.
 *
 * @param rules the closest first: of the job or monitor, of a label, of the workspace
 * @param filter asked only if a rule leads somewhere
 */
record Audience(List<RuleDocument> rules, Supplier<EventFilter> filter) {

  /**
   * Whether there is a rule for one of these events, whatever the filters say. What flaps goes up,
   * too, where a rule is only for its going down.
   */
  boolean listensTo(List<NotificationEvent> names) {
    for (RuleDocument rule : rules) {
      if (isFor(names, rule) || isToFlap(names, rule)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Each channel once, with the most specific event that it has a rule for and that no filter takes
   * away, in the words of the closest rule for that event that has some.
   *
   * @param names what it may be called, the most specific first
   */
  Map<UUID, Hearing> hearings(List<NotificationEvent> names) {
    Map<UUID, Map<NotificationEvent, Optional<MessageTemplate>>> heard = new LinkedHashMap<>();
    for (RuleDocument rule : rules) {
      if (rule.options().digest().isEmpty() && isFor(names, rule)) {
        add(heard, rule);
      }
    }
    if (heard.isEmpty()) {
      return Map.of();
    }
    EventFilter wanted = filter.get();
    Map<UUID, Hearing> hearings = new LinkedHashMap<>();
    heard.forEach(
        (channel, events) ->
            names.stream()
                .filter(events::containsKey)
                .filter(name -> wanted.lets(name, channel))
                .findFirst()
                .ifPresent(
                    event ->
                        hearings.put(
                            channel,
                            new Hearing(event, events.getOrDefault(event, Optional.empty())))));
    return hearings;
  }

  /** The rules that collect such things, as far as no filter takes them away. */
  List<RuleDocument> digests(List<NotificationEvent> names) {
    List<RuleDocument> collecting =
        rules.stream()
            .filter(rule -> rule.options().digest().isPresent() && isFor(names, rule))
            .toList();
    if (collecting.isEmpty()) {
      return List.of();
    }
    EventFilter wanted = filter.get();
    return collecting.stream()
        .filter(rule -> wanted.lets(rule.event().orElseThrow(), rule.channelId()))
        .toList();
  }

  /**
   * The channels that don't want each up and down, with the rule that says so. Of a channel's rules
   * for such things the closest count, and of these the one that was added first among those that
   * say something.
   */
  Map<UUID, RuleDocument> flapping(List<NotificationEvent> names) {
    if (rules.stream().noneMatch(rule -> isToFlap(names, rule))) {
      return Map.of();
    }
    EventFilter wanted = filter.get();
    Map<UUID, List<RuleDocument>> byChannel = new LinkedHashMap<>();
    for (RuleDocument rule : rules) {
      if (isOfUpsAndDowns(names, rule)
          && wanted.lets(rule.event().orElseThrow(), rule.channelId())) {
        byChannel.computeIfAbsent(rule.channelId(), id -> new ArrayList<>()).add(rule);
      }
    }
    Map<UUID, RuleDocument> deciding = new LinkedHashMap<>();
    byChannel.forEach(
        (channel, all) -> deciding(all).ifPresent(rule -> deciding.put(channel, rule)));
    return deciding;
  }

  private static Optional<RuleDocument> deciding(List<RuleDocument> rules) {
    int closest = rules.stream().mapToInt(Audience::distance).min().orElse(0);
    return rules.stream()
        .filter(rule -> distance(rule) == closest)
        .filter(rule -> rule.options().flapping().isPresent())
        .min(Comparator.comparing(RuleDocument::createdAt).thenComparing(RuleDocument::id));
  }

  private static int distance(RuleDocument rule) {
    if (rule.scope().owner().isPresent()) {
      return 0;
    }
    return rule.scope() instanceof RuleScope.WholeWorkspace ? 2 : 1;
  }

  private static boolean isToFlap(List<NotificationEvent> names, RuleDocument rule) {
    return rule.options().flapping().isPresent() && isOfUpsAndDowns(names, rule);
  }

  private static boolean isOfUpsAndDowns(List<NotificationEvent> names, RuleDocument rule) {
    return rule.options().digest().isEmpty()
        && rule.event().isPresent()
        && Standing.isToldBy(rule.event().get(), names);
  }

  private static boolean isFor(List<NotificationEvent> names, RuleDocument rule) {
    return rule.event().isPresent() && names.contains(rule.event().get());
  }

  private static void add(
      Map<UUID, Map<NotificationEvent, Optional<MessageTemplate>>> heard, RuleDocument rule) {
    heard
        .computeIfAbsent(rule.channelId(), id -> new HashMap<>())
        .merge(
            rule.event().orElseThrow(),
            rule.options().template(),
            (closer, farther) -> closer.or(() -> farther));
  }
}
