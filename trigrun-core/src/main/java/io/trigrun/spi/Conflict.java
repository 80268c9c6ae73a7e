package io.trigrun.spi;

import java.util.List;
import java.util.UUID;

/**
 * Why a definition write was refused.
 *
 * @param definitionId the definition that was to be written
 * @param reason what stood in the way
 * @param others who stood in the way: the referrers, or the holder of the name or key
 */
public record Conflict(UUID definitionId, Reason reason, List<UUID> others) {

  /** What stands in the way of a definition write. */
  public enum Reason {
    /** It is at another version, does not exist, or exists already. */
    VERSION,
    /** Another one of the workspace and kind has the name. */
    NAME_TAKEN,
    /** Another one of the kind has the lookup key. */
    KEY_TAKEN,
    /** Its owner, or a definition it references, does not exist in its workspace. */
    REFERENCE_MISSING,
    /** Others reference it. */
    REFERENCED,
    /** There are as many of its kind in the workspace as there may be. */
    LIMIT_REACHED
  }

  public Conflict {
    others = List.copyOf(others);
  }
}
