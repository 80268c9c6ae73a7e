package io.trigrun.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a channel needs to know of the ups and downs of a job or monitor (row N20). Pure.
 *
 * @param standing how it stands
 * @param changes when it changed of late, as long as it is not flapping
 * @param spell that it is flapping
 */
record FlapHistory(Standing standing, List<Instant> changes, Optional<Spell> spell) {

  static final FlapHistory NONE = new FlapHistory(Standing.UP, List.of(), Optional.empty());

  /**
   * A time of flapping.
   *
   * @param since its first change
   * @param changes how many so far
   * @param latest its latest change
   */
  record Spell(Instant since, int changes, Instant latest) {

    private Spell changedAt(Instant at) {
      return new Spell(since, changes + 1, at.isAfter(latest) ? at : latest);
    }
  }

  FlapHistory {
    changes = List.copyOf(changes);
  }

  /** When it will have been steady for long enough, if nothing changes; empty if it is already. */
  Optional<Instant> steadyAt(Flapping flapping) {
    return spell.map(flaps -> flaps.latest().plus(flapping.steadyFor()));
  }

  boolean isSteadyAt(Instant at, Flapping flapping) {
    return steadyAt(flapping).filter(at::isBefore).isEmpty();
  }

  /** The same, steady; what was before is forgotten. */
  FlapHistory steady() {
    return new FlapHistory(standing, List.of(), Optional.empty());
  }

  /** After something that says how it stands now. */
  FlapHistory after(Standing now, Instant at, Flapping flapping) {
    if (now == standing) {
      return this;
    }
    if (spell.isPresent()) {
      return new FlapHistory(now, List.of(), Optional.of(spell.get().changedAt(at)));
    }
    Instant first = at.minus(flapping.within());
    List<Instant> all = new ArrayList<>(changes);
    all.removeIf(change -> change.isBefore(first));
    all.add(at);
    return all.size() < flapping.changes()
        ? new FlapHistory(now, all, Optional.empty())
        : new FlapHistory(now, List.of(), Optional.of(new Spell(all.get(0), all.size(), at)));
  }
}
