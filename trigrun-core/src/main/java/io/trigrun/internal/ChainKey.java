package io.trigrun.internal;

import io.trigrun.TriggerEvent;
import io.trigrun.spi.UniqueKey;
import java.util.Optional;
import java.util.UUID;

/**
 * The unique key of a run that another run has started: planning the same end twice starts it once.
 * It also tells which attempt started it, and why.
 *
 * @param lease of the attempt; a run that is revived has another one, and starts others again
 */
record ChainKey(UUID parentId, long lease, int attempt, TriggerEvent event, UUID jobId) {

  private static final String FIRST = "trigger";

  UniqueKey key() {
    return UniqueKey.whileKept(
        String.join(
            "/",
            FIRST,
            parentId.toString(),
            Long.toString(lease),
            Integer.toString(attempt),
            event.jsonName(),
            jobId.toString()));
  }

  /** The key of a text; empty if it is another kind of key. */
  static Optional<ChainKey> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 6 || !parts[0].equals(FIRST)) {
      return Optional.empty();
    }
    for (TriggerEvent event : TriggerEvent.values()) {
      if (event.jsonName().equals(parts[4])) {
        try {
          return Optional.of(
              new ChainKey(
                  UUID.fromString(parts[1]),
                  Long.parseLong(parts[2]),
                  Integer.parseInt(parts[3]),
                  event,
                  UUID.fromString(parts[5])));
        } catch (IllegalArgumentException e) { // a host's own key that looks like one of ours
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
