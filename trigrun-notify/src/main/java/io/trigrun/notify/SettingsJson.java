package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings as JSON, and back. */
final class SettingsJson {

  private SettingsJson() {}

  static ObjectNode write(Settings settings) {
    ObjectNode json = JsonText.object();
    settings.values().forEach((name, value) -> put(json, name, value));
    return json;
  }

  private static void put(ObjectNode json, String name, Object value) {
    if (value instanceof Boolean flag) {
      json.put(name, flag);
    } else if (value instanceof Long number) {
      json.put(name, number);
    } else if (value instanceof List<?> texts) {
      ArrayNode array = json.putArray(name);
      texts.forEach(text -> array.add((String) text));
    } else {
      json.put(name, (String) value);
    }
  }

  static Settings read(JsonNode json) {
    Settings settings = Settings.empty();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      settings = with(settings, entry.getKey(), entry.getValue());
    }
    return settings;
  }

  private static Settings with(Settings settings, String name, JsonNode value) {
    if (value.isBoolean()) {
      return settings.with(name, value.booleanValue());
    }
    if (value.isIntegralNumber()) {
      return settings.with(name, value.longValue());
    }
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(text -> texts.add(text.stringValue()));
      return settings.with(name, texts);
    }
    return settings.with(name, value.stringValue());
  }
}
