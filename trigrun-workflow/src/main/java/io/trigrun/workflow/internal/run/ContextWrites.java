package io.trigrun.workflow.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What steps put into the contexts of their run and of its job. */
final class ContextWrites {

  private static final int LONGEST_CONTEXT = 1_048_576;
  private static final int LONGEST_JOB_CONTEXT = StoredContexts.LONGEST;

  private final RunState state;
  private final Surroundings world;

  /** For the job's context, and stored by nobody yet. */
  private final Map<String, Optional<String>> changes = new LinkedHashMap<>();

  ContextWrites(RunState state, Surroundings world) {
    this.state = state;
    this.world = world;
  }

  /** Puts all of these into both; nothing, and false, if that is too much. */
  boolean put(Map<String, JsonNode> values, Map<String, Optional<String>> persistent) {
    ObjectNode next = Nodes.object();
    state.context.properties().forEach(each -> next.set(each.getKey(), each.getValue()));
    values.forEach(next::set);
    Map<String, Optional<String>> before = new LinkedHashMap<>(changes);
    changes.putAll(persistent);
    boolean fits =
        (values.isEmpty() || next.toString().length() <= LONGEST_CONTEXT)
            && (persistent.isEmpty() || jobContext().toString().length() <= LONGEST_JOB_CONTEXT);
    if (fits) {
      state.context = next;
    } else {
      changes.clear();
      changes.putAll(before);
    }
    return fits;
  }

  /** The job's, with what steps have just put into it and nobody has stored yet. */
  JsonNode jobContext() {
    if (changes.isEmpty()) {
      return world.jobContext();
    }
    ObjectNode values = Nodes.object();
    world.jobContext().properties().forEach(each -> values.set(each.getKey(), each.getValue()));
    changes.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> values.put(key, text), () -> values.remove(key)));
    return values;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  Map<String, Optional<String>> take() {
    Map<String, Optional<String>> taken = new LinkedHashMap<>(changes);
    changes.clear();
    return taken;
  }
}
