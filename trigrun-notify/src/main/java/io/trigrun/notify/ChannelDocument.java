package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.Settings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of a channel: {@code type}, the open settings in {@code config}, the secret
 * ones in {@code secrets}. What is secret is told by the document, not by the provider, so that a
 * node that lacks the provider keeps it secret as well.
 */
record ChannelDocument(String type, Settings settings, Set<String> secretNames) {

  private static final String TYPE = "type";
  private static final String CONFIG = "config";
  private static final String SECRETS = "secrets";

  ChannelDocument {
    secretNames = Set.copyOf(secretNames);
  }

  String write() {
    ObjectNode json = JsonText.object().put(TYPE, type);
    ObjectNode config = json.putObject(CONFIG);
    ObjectNode secrets = json.putObject(SECRETS);
    settings
        .values()
        .forEach(
            (name, value) -> {
              if (secretNames.contains(name)) {
                secrets.put(name, seal(String.valueOf(value)));
              } else if (value instanceof Boolean flag) {
                config.put(name, flag);
              } else {
                config.put(name, String.valueOf(value));
              }
            });
    return JsonText.write(json);
  }

  static ChannelDocument read(String document) {
    JsonNode json = JsonText.read(document);
    Settings settings = Settings.empty();
    for (Map.Entry<String, JsonNode> entry : json.path(CONFIG).properties()) {
      settings =
          entry.getValue().isBoolean()
              ? settings.with(entry.getKey(), entry.getValue().booleanValue())
              : settings.with(entry.getKey(), entry.getValue().stringValue());
    }
    Set<String> secretNames = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : json.path(SECRETS).properties()) {
      secretNames.add(entry.getKey());
      settings = settings.with(entry.getKey(), unseal(entry.getValue().stringValue()));
    }
    return new ChannelDocument(json.required(TYPE).stringValue(), settings, secretNames);
  }

  /** Where encryption at rest belongs: every secret of every channel passes here on its way in. */
  private static String seal(String secret) {
    return secret;
  }

  /** And here on its way out. */
  private static String unseal(String stored) {
    return stored;
  }
}
