package io.trigrun.notify;

import io.trigrun.notify.provider.Settings;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A saved channel: where messages go. A snapshot, without its secrets.
 *
 * @param id unique, for ever
 * @param workspace the tenant it belongs to
 * @param name unique within the workspace
 * @param type its kind, {@code webhook} for example
 * @param config its settings without the secret ones
 * @param configuredSecrets the names of the secret settings that have a value
 * @param version rises with each save
 */
public record Channel(
    UUID id,
    String workspace,
    String name,
    String type,
    Settings config,
    Set<String> configuredSecrets,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public Channel {
    configuredSecrets = Set.copyOf(configuredSecrets);
  }
}
