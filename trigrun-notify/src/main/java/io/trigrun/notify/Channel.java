package io.trigrun.notify;

import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A saved channel: where messages go. A snapshot, without its secrets.
 *
 * @param id unique, for ever
 * @param workspace the tenant it belongs to
 * @param name unique within the workspace
 * @param type its kind, {@code webhook} for example
 * @param config its settings without the secret ones
 * @param secretHints the secret settings that have a value, by name: {@code secret://name} for one
 *     that names a stored secret, else an ellipsis and, of long ones, the last four characters
 * @param template how its messages are worded, if not as the library does
 * @param version rises with each save
 */
public record Channel(
    UUID id,
    String workspace,
    String name,
    String type,
    Settings config,
    Map<String, String> secretHints,
    Optional<MessageTemplate> template,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public Channel {
    secretHints = Map.copyOf(secretHints);
  }
}
