package io.trigrun.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of an up or down (row N20). Pure.
 *
 * @param ended the history of before, if its time of flapping was over by then and nobody has told
 * @param after the history from now on
 * @param telling what the channel hears of it
 */
record FlapStep(Optional<FlapHistory> ended, FlapHistory after, Telling telling) {

  /** What a channel hears of an up or down. */
  enum Telling {
    /** That it happened, as far as there is a rule for it. */
    NEWS,
    /** That it is flapping. */
    FLAPPING,
    /** Nothing. */
    NOTHING
  }

  static FlapStep of(FlapHistory before, Standing now, Instant at, Flapping flapping) {
    boolean isOver = before.spell().isPresent() && before.isSteadyAt(at, flapping);
    FlapHistory from = isOver ? before.steady() : before;
    FlapHistory after = from.after(now, at, flapping);
    Telling telling =
        after.spell().isEmpty()
            ? Telling.NEWS
            : from.spell().isEmpty() ? Telling.FLAPPING : Telling.NOTHING;
    return new FlapStep(isOver ? Optional.of(before) : Optional.empty(), after, telling);
  }
}
