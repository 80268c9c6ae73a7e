package io.trigrun.internal;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Every run that this node holds a lease for. */
final class Held {

  private final Map<UUID, Run> runs = new ConcurrentHashMap<>();

  void add(Run run) {
    runs.put(run.executionId(), run);
  }

  void remove(Run run) {
    runs.remove(run.executionId(), run);
  }

  @Nullable Run find(UUID executionId) {
    return runs.get(executionId);
  }

  Collection<Run> all() {
    return runs.values();
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }
}
