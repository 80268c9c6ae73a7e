package io.trigrun;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Health as a host shows it to the world. */
final class HealthJson {

  private static final ObjectMapper MAPPER = JsonMapper.shared();

  private HealthJson() {}

  static String write(Health health, Collection<QueueBacklog> backlogs) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", health.status().name());
    json.put("live", health.isLive());
    json.put("ready", health.isReady());
    health.lastClaim().ifPresent(at -> json.put("last_claim", at.toString()));
    json.put("clock_offset_ms", health.clockOffset().toMillis());
    if (health.storeFailure().isPresent()) {
      ObjectNode store = json.putObject("store");
      // Not the message: a driver's may name hosts, users and values.
      store.put("failure", health.storeFailure().get().split("[: ]", 2)[0]);
      health.storeFailingSince().ifPresent(since -> store.put("failing_since", since.toString()));
    }
    Map<String, QueueBacklog> byQueue = new TreeMap<>();
    backlogs.forEach(each -> byQueue.put(each.queue(), each));
    TreeSet<String> names = new TreeSet<>(health.permits().keySet());
    names.addAll(byQueue.keySet());
    ObjectNode queues = json.putObject("queues");
    for (String name : names) {
      ObjectNode queue = queues.putObject(name);
      Health.Permits permits = health.permits().get(name);
      if (permits != null) {
        queue.put("permits", permits.total());
        queue.put("running", permits.used());
        queue.put("in_flight", health.inFlight().getOrDefault(name, 0));
      }
      QueueBacklog backlog = byQueue.get(name);
      if (backlog != null) {
        queue.put("due", backlog.due());
        queue.put("oldest_due_age_ms", backlog.oldestAge().toMillis());
      }
    }
    return MAPPER.writeValueAsString(json);
  }
}
