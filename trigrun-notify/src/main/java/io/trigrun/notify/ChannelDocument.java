package io.trigrun.notify;

import io.trigrun.notify.internal.JsonText;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Settings;
import io.trigrun.secret.Ciphertext;
import io.trigrun.spi.Definition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of a channel: {@code type}, the open settings in {@code config}, the secret
 * ones in {@code secrets}, encrypted or as names, its words in {@code template}. What is secret is
 * told by the document, not by the provider, so that a node that lacks the provider keeps it secret
 * as well.
 *
 * @param movedFrom what the host has said of settings that the receiver has changed since, a chat
 *     that moved for example: who says it again is not to undo that
 */
record ChannelDocument(
    String type,
    Settings open,
    Map<String, KeptSecret> secrets,
    Optional<MessageTemplate> template,
    Settings movedFrom) {

  private static final String TYPE = "type";
  private static final String CONFIG = "config";
  private static final String SECRETS = "secrets";
  private static final String MOVED_FROM = "moved_from";
  private static final String NAME = "name";
  private static final String HINT = "hint";
  private static final String KEY_ID = "key_id";
  private static final String CIPHERTEXT = "ciphertext";

  ChannelDocument {
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }

  /** The same with these secrets instead. */
  ChannelDocument with(Map<String, KeptSecret> others) {
    return new ChannelDocument(type, open, others, template, movedFrom);
  }

  /** The same after the receiver has given other values of open settings. */
  ChannelDocument movedTo(Settings now) {
    Settings from = Settings.empty();
    for (String name : now.names()) {
      boolean changed =
          open.names().contains(name)
              && !Objects.equals(open.values().get(name), now.values().get(name));
      if (movedFrom.names().contains(name)) {
        from = from.withValueOf(movedFrom, name);
      } else if (changed) {
        from = from.withValueOf(open, name);
      }
    }
    return new ChannelDocument(type, now, secrets, template, from);
  }

  /** What a host says, where it says the same as before the receiver moved as it is now. */
  Settings following(Settings said) {
    Settings result = said;
    for (String name : movedFrom(said).names()) {
      result = result.withValueOf(open, name);
    }
    return result;
  }

  /** The part of it that a host says still. */
  Settings movedFrom(Settings said) {
    Settings still = movedFrom;
    for (String name : movedFrom.names()) {
      Object now = said.values().get(name);
      boolean known =
          Objects.equals(now, movedFrom.values().get(name))
              || Objects.equals(now, open.values().get(name));
      still = known ? still : still.without(name);
    }
    return still;
  }

  static String typeOf(Definition channel) {
    return JsonText.read(channel.document()).required(TYPE).stringValue();
  }

  String write() {
    ObjectNode json = JsonText.object().put(TYPE, type);
    json.set(CONFIG, SettingsJson.write(open));
    ObjectNode kept = json.putObject(SECRETS);
    secrets.forEach((field, secret) -> put(kept.putObject(field), secret));
    template.ifPresent(words -> TemplateJson.put(json, words));
    if (!movedFrom.names().isEmpty()) {
      json.set(MOVED_FROM, SettingsJson.write(movedFrom));
    }
    return JsonText.write(json);
  }

  private static void put(ObjectNode json, KeptSecret secret) {
    if (secret instanceof KeptSecret.Named named) {
      json.put(NAME, named.name());
    } else if (secret instanceof KeptSecret.Sealed sealed) {
      json.put(KEY_ID, sealed.ciphertext().keyId())
          .put(CIPHERTEXT, sealed.ciphertext().text())
          .put(HINT, sealed.hint());
    }
  }

  static ChannelDocument read(String document) {
    JsonNode json = JsonText.read(document);
    Map<String, KeptSecret> secrets = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path(SECRETS).properties()) {
      secrets.put(entry.getKey(), secret(entry.getValue()));
    }
    return new ChannelDocument(
        json.required(TYPE).stringValue(),
        SettingsJson.read(json.path(CONFIG)),
        secrets,
        TemplateJson.of(json),
        SettingsJson.read(json.path(MOVED_FROM)));
  }

  private static KeptSecret secret(JsonNode json) {
    return json.has(NAME)
        ? new KeptSecret.Named(json.required(NAME).stringValue())
        : new KeptSecret.Sealed(
            new Ciphertext(
                json.required(KEY_ID).stringValue(), json.required(CIPHERTEXT).stringValue()),
            json.required(HINT).stringValue());
  }
}
