package io.trigrun.notify;

import io.trigrun.spi.Definition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Channels and the definitions they are stored as. */
final class ChannelDefinition {

  static final String KIND = "notification_channel";

  private ChannelDefinition() {}

  static Definition created(
      UUID id, String workspace, String name, String document, Set<UUID> references, Instant now) {
    return new Definition(
        id,
        workspace,
        KIND,
        name,
        Optional.empty(),
        Optional.empty(),
        references,
        true,
        1,
        now,
        now,
        document);
  }

  static Definition replaced(
      Definition old, String name, String document, Set<UUID> references, Instant now) {
    return new Definition(
        old.id(),
        old.workspace(),
        KIND,
        name,
        Optional.empty(),
        Optional.empty(),
        references,
        true,
        old.version() + 1,
        old.createdAt(),
        now,
        document);
  }

  /** The channel without its secrets. */
  static Channel channel(Definition definition) {
    ChannelDocument document = ChannelDocument.read(definition.document());
    Map<String, String> hints = new LinkedHashMap<>();
    document.secrets().forEach((field, secret) -> hints.put(field, secret.hint()));
    return new Channel(
        definition.id(),
        definition.workspace(),
        definition.name(),
        document.type(),
        document.open(),
        hints,
        document.template(),
        definition.version(),
        definition.createdAt(),
        definition.updatedAt());
  }
}
