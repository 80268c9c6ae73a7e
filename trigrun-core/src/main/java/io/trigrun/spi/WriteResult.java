package io.trigrun.spi;

import java.util.List;
import java.util.UUID;

/** What became of a {@link WriteSet}. */
public sealed interface WriteResult {

  /**
   * All of it is stored.
   *
   * @param enqueued one for each enqueued execution, in their order
   * @param cancelled the executions that a cancellation ended
   */
  record Stored(List<Enqueued> enqueued, List<UUID> cancelled) implements WriteResult {
    public Stored {
      enqueued = List.copyOf(enqueued);
      cancelled = List.copyOf(cancelled);
    }
  }

  /** Nothing of it is stored, and why. */
  record Refused(Conflict conflict) implements WriteResult {}
}
