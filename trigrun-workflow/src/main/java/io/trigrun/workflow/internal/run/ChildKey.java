package io.trigrun.workflow.internal.run;

import io.trigrun.spi.UniqueKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Ties a run to the step that started it: its unique key, so that a step made again starts no
 * second run.
 */
record ChildKey(UUID parentId, String waitKey) {

  private static final String PREFIX = "workflow/";
  private static final int ID = 36;

  UniqueKey uniqueKey() {
    return UniqueKey.whileKept(PREFIX + parentId + "/" + waitKey);
  }

  /** The same whenever it is planned. */
  UUID childId() {
    return UUID.nameUUIDFromBytes(uniqueKey().value().getBytes(StandardCharsets.UTF_8));
  }

  static Optional<ChildKey> parse(String uniqueKey) {
    int slash = PREFIX.length() + ID;
    if (!uniqueKey.startsWith(PREFIX)
        || uniqueKey.length() <= slash
        || uniqueKey.charAt(slash) != '/') {
      return Optional.empty();
    }
    try {
      UUID parent = UUID.fromString(uniqueKey.substring(PREFIX.length(), slash));
      return Optional.of(new ChildKey(parent, uniqueKey.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a key of the host's own that looks alike
    }
  }
}
