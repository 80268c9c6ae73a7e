package io.trigrun.internal;

import io.trigrun.JobTriggers;
import io.trigrun.JobTriggers.Target;
import io.trigrun.TriggerEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code "on_success": {"trigger_job": ["report"], "trigger_job_ids": ["0195..."]}}: names for
 * people, ids for us. Ids that are not known yet are left out, with those after them.
 */
final class JobTriggersJson {

  private static final String NAMES = "trigger_job";
  private static final String IDS = "trigger_job_ids";

  private JobTriggersJson() {}

  static void write(ObjectNode spec, JobTriggers triggers) {
    triggers
        .targets()
        .forEach(
            (event, targets) -> {
              ObjectNode node = spec.putObject(event.jsonName());
              ArrayNode names = node.putArray(NAMES);
              targets.forEach(target -> names.add(target.job()));
              ArrayNode ids = node.putArray(IDS);
              targets.stream()
                  .map(Target::id)
                  .takeWhile(Optional::isPresent)
                  .forEach(id -> ids.add(id.orElseThrow().toString()));
            });
  }

  /** Reads what {@link #write} wrote. */
  static JobTriggers read(JsonNode spec) {
    Map<TriggerEvent, List<Target>> targets = new EnumMap<>(TriggerEvent.class);
    for (TriggerEvent event : TriggerEvent.values()) {
      @Nullable JsonNode node = spec.get(event.jsonName());
      if (node != null) {
        targets.put(event, targets(node.get(NAMES), node.get(IDS)));
      }
    }
    return targets.isEmpty() ? JobTriggers.none() : new JobTriggers(targets);
  }

  private static List<Target> targets(JsonNode names, JsonNode ids) {
    List<Target> targets = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      Optional<UUID> id =
          i < ids.size()
              ? Optional.of(UUID.fromString(ids.get(i).stringValue()))
              : Optional.empty();
      targets.add(new Target(names.get(i).stringValue(), id));
    }
    return targets;
  }
}
