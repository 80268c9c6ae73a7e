package io.trigrun.notify;

import io.trigrun.notify.provider.Settings;
import io.trigrun.spi.Definition;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A channel as the engine's side sees it, ready for use. Kept in caches.
 *
 * @param sender empty if this node can't use it: a kind it does not know, settings it can't read
 */
record Destination(
    Definition definition,
    String type,
    Settings settings,
    Set<String> secretNames,
    Optional<Sender> sender) {

  /** Never throws for what a definition holds: a broken channel must not stop the job it is for. */
  static Destination of(Definition definition, Providers providers) {
    try {
      ChannelDocument document = ChannelDocument.read(definition.document());
      return new Destination(
          definition,
          document.type(),
          document.settings(),
          document.secretNames(),
          providers.sender(document.type(), document.settings()));
    } catch (RuntimeException e) {
      return new Destination(definition, "unknown", Settings.empty(), Set.of(), Optional.empty());
    }
  }

  UUID id() {
    return definition.id();
  }

  /** The definition holds the secrets. */
  @Override
  public String toString() {
    return "Destination[" + type + " " + definition.name() + "]";
  }
}
