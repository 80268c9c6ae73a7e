package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the store keeps of the filters of a workspace: one definition. */
final class FilterDocument {

  static final String KIND = "notification_filter";
  static final String NAME = "filter";

  private FilterDocument() {}

  static EventFilter load(JobStore store, String workspace) {
    return store
        .findDefinitionByName(workspace, KIND, NAME)
        .map(Definition::document)
        .map(FilterDocument::read)
        .orElse(EventFilter.OPEN);
  }

  static EventFilter read(String document) {
    JsonNode json = JsonText.read(document);
    Map<UUID, Map<String, Boolean>> channels = new LinkedHashMap<>();
    json.path("channels")
        .properties()
        .forEach(entry -> channels.put(UUID.fromString(entry.getKey()), flags(entry.getValue())));
    return new EventFilter(flags(json.path("events")), channels);
  }

  private static Map<String, Boolean> flags(JsonNode json) {
    Map<String, Boolean> flags = new LinkedHashMap<>();
    json.properties().forEach(entry -> flags.put(entry.getKey(), entry.getValue().booleanValue()));
    return flags;
  }

  static String write(EventFilter filter) {
    ObjectNode json = JsonText.object();
    put(json.putObject("events"), filter.events());
    ObjectNode channels = json.putObject("channels");
    filter.channels().forEach((id, flags) -> put(channels.putObject(id.toString()), flags));
    return JsonText.write(json);
  }

  private static void put(ObjectNode json, Map<String, Boolean> flags) {
    flags.forEach(json::put);
  }
}
