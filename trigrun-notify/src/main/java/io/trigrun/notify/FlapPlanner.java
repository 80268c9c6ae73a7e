package io.trigrun.notify;

import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds the channels that don't want each up and down, and what this one means for them. */
record FlapPlanner(JobStore store) {

  /** By channel; those that hear of everything are not among them. */
  Map<UUID, FlapDecision> decide(Occurrence occurrence, Audience audience) {
    if (occurrence.owner().isEmpty() || Standing.after(occurrence.names()).isEmpty()) {
      return Map.of();
    }
    Map<UUID, RuleDocument> rules = audience.flapping(occurrence.names());
    return rules.isEmpty() ? Map.of() : decide(occurrence, occurrence.owner().get(), rules);
  }

  private Map<UUID, FlapDecision> decide(
      Occurrence occurrence, UUID owner, Map<UUID, RuleDocument> rules) {
    List<UUID> ids = new ArrayList<>(List.of(owner));
    rules.keySet().forEach(channel -> ids.add(FlapDocument.idOf(owner, channel)));
    Map<UUID, Definition> known = new HashMap<>();
    store.findDefinitions(ids).forEach(found -> known.put(found.id(), found));
    Definition about = known.get(owner);
    if (about == null) {
      return Map.of(); // deleted meanwhile, and its history with it
    }
    Standing now = Standing.after(occurrence.names()).orElseThrow();
    Map<UUID, FlapDecision> decisions = new LinkedHashMap<>();
    rules.forEach(
        (channel, rule) -> {
          Definition stored = known.get(FlapDocument.idOf(owner, channel));
          FlapDocument before =
              stored == null
                  ? FlapDocument.none(owner, channel, rule.id())
                  : FlapDocument.read(stored);
          FlapStep step =
              FlapStep.of(
                  before.history(), now, occurrence.at(), rule.options().flapping().orElseThrow());
          decisions.put(channel, new FlapDecision(rule, about, before, step));
        });
    return decisions;
  }
}
