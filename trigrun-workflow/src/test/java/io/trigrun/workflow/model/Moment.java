package io.trigrun.workflow.model;

import java.time.Instant;
import java.util.Comparator;

/**
 * When something happens in a run: what an instant begins goes on in rounds, in each of which all
 * branches walk as far as they can and then all handlers they have called return.
 *
 * @param event which of the events of the scenario let it happen: two may share an instant
 */
record Moment(Instant at, int event, int round) implements Comparable<Moment> {

  static final Moment NEVER = new Moment(Instant.MAX, Integer.MAX_VALUE, 0);

  private static final Comparator<Moment> ORDER =
      Comparator.comparing(Moment::at)
          .thenComparingInt(Moment::event)
          .thenComparingInt(Moment::round);

  /** When what is called now has returned. */
  Moment next() {
    return new Moment(at, event, round + 1);
  }

  boolean isBefore(Moment other) {
    return compareTo(other) < 0;
  }

  Moment orLater(Moment other) {
    return isBefore(other) ? other : this;
  }

  @Override
  public int compareTo(Moment other) {
    return ORDER.compare(this, other);
  }
}
