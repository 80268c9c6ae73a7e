package io.trigrun.notify;

import io.trigrun.notify.provider.Settings;
import io.trigrun.spi.Definition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Channels and the definitions they are stored as. */
final class ChannelDefinition {

  static final String KIND = "notification_channel";

  private ChannelDefinition() {}

  static Definition created(UUID id, String workspace, String name, String document, Instant now) {
    return new Definition(
        id,
        workspace,
        KIND,
        name,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        1,
        now,
        now,
        document);
  }

  static Definition replaced(Definition old, String name, String document, Instant now) {
    return new Definition(
        old.id(),
        old.workspace(),
        KIND,
        name,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        true,
        old.version() + 1,
        old.createdAt(),
        now,
        document);
  }

  /** The channel without its secrets. */
  static Channel channel(Definition definition) {
    ChannelDocument document = ChannelDocument.read(definition.document());
    Set<String> secretNames = document.secretNames();
    Settings open = Settings.empty();
    for (Map.Entry<String, Object> entry : document.settings().values().entrySet()) {
      if (!secretNames.contains(entry.getKey())) {
        open =
            entry.getValue() instanceof Boolean flag
                ? open.with(entry.getKey(), flag)
                : open.with(entry.getKey(), String.valueOf(entry.getValue()));
      }
    }
    return new Channel(
        definition.id(),
        definition.workspace(),
        definition.name(),
        document.type(),
        open,
        secretNames,
        definition.version(),
        definition.createdAt(),
        definition.updatedAt());
  }
}
