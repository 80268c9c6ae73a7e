package io.trigrun.signing;

import io.trigrun.validation.Problems;
import java.time.Instant;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * See {@link ReplayStore#inMemory}. Only what is signed comes here, so a stranger can't make it
 * forget.
 */
final class BoundedReplayStore implements ReplayStore {

  private record Entry(String key, Instant until) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return until.compareTo(other.until);
    }
  }

  private final int most;
  private final Set<String> keys = new HashSet<>();
  private final PriorityQueue<Entry> soonest = new PriorityQueue<>();

  BoundedReplayStore(int most) {
    Problems.require(most >= 1, "most", "at least 1", most);
    this.most = most;
  }

  @Override
  public synchronized boolean add(String key, Instant now, Instant until) {
    while (!soonest.isEmpty() && soonest.element().until().isBefore(now)) {
      keys.remove(soonest.remove().key());
    }
    if (!keys.add(key)) {
      return false;
    }
    soonest.add(new Entry(key, until));
    if (soonest.size() > most) {
      keys.remove(soonest.remove().key());
    }
    return true;
  }
}
