package io.trigrun.workflow.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What has happened to a run from outside. */
final class Log {

  /** What somebody has posted. */
  record Answer(Moment at, JsonNode body) {}

  /**
   * A node died.
   *
   * @param from the first walk whose record was lost
   * @param back when another node took over
   * @param isAll whether nothing was recorded of the walk before either, as nothing had ended
   */
  record Crash(Moment from, Moment back, boolean isAll) {
    boolean restarts(Moment beginning) {
      return isAll && from.equals(beginning.next());
    }

    boolean loses(Moment moment) {
      return !moment.isBefore(from) && moment.isBefore(back);
    }
  }

  /** The clock after each event; the first one is the start of the run. */
  private final List<Instant> clocks = new ArrayList<>();

  final List<Crash> crashes = new ArrayList<>();

  /** When the run began, and when it was retried. */
  final List<Moment> beginnings = new ArrayList<>();

  /** Those that were accepted, by the key of the wait. */
  final Map<String, Answer> answers = new LinkedHashMap<>();

  Optional<Moment> cancelled = Optional.empty();

  /** Another event, as long as it lasts. */
  Moment event(Instant clock) {
    clocks.add(clock);
    return new Moment(clock, clocks.size() - 1, 0);
  }

  void clock(Instant clock) {
    clocks.set(clocks.size() - 1, clock);
  }

  /** The end of the event. */
  Moment now() {
    int last = clocks.size() - 1;
    return new Moment(clocks.get(last), last, Integer.MAX_VALUE);
  }

  boolean isLost(Moment moment) {
    return crashes.stream().anyMatch(crash -> crash.loses(moment));
  }

  /** When something that was to happen does, as there has to be a node to do it. */
  Moment landing(Moment moment) {
    Moment landed = moment;
    for (Crash crash : crashes) {
      landed = crash.loses(landed) ? crash.back() : landed;
    }
    return landed;
  }

  /** When a run notices that an instant has come, if it begins to wait at a moment. */
  Moment timer(Instant at, Moment from) {
    if (!at.isAfter(from.at())) {
      return from;
    }
    for (int event = 0; event < clocks.size(); event++) {
      if (!clocks.get(event).isBefore(at)) {
        return landing(new Moment(at, event, 0));
      }
    }
    return new Moment(at, Integer.MAX_VALUE, 0);
  }
}
