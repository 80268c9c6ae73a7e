package io.trigrun.workflow.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Something that happens to a run from outside.
 *
 * @param amount how long, or what is posted
 * @param pick which wait it is for
 * @param survives how many records its node still makes before it dies; negative if it lives
 */
record Event(What what, int amount, int pick, int survives) {

  enum What {
    ADVANCE,
    ANSWER,
    ANSWER_EARLY_OR_LATE,
    RETRY,
    RESTART,
    CANCEL
  }

  static Arbitrary<Event> any() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(6, What.ADVANCE),
                Tuple.of(8, What.ANSWER),
                Tuple.of(3, What.ANSWER_EARLY_OR_LATE),
                Tuple.of(4, What.RETRY),
                Tuple.of(1, What.RESTART),
                Tuple.of(1, What.CANCEL)),
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(0, 11))
        .as((what, amount, pick, die) -> new Event(what, amount, pick, die < 9 ? -1 : die - 9));
  }
}
