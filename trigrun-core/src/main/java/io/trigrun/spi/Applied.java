package io.trigrun.spi;

import java.util.List;

/** What became of a {@link Transition}. */
public sealed interface Applied {

  /**
   * It took effect.
   *
   * @param enqueued what became of its follow-ups, in their order
   */
  record Done(List<Enqueued> enqueued) implements Applied {
    public Done {
      enqueued = List.copyOf(enqueued);
    }
  }

  /**
   * The lease was lost (it ended and another node took over, or the execution was cancelled):
   * nothing changed.
   */
  record LeaseLost() implements Applied {}

  /**
   * A definition write among its follow-ups was refused: nothing changed, and the lease is still
   * held.
   */
  record Refused(Conflict conflict) implements Applied {}
}
