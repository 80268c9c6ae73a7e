package io.trigrun.internal.monitor;

import io.trigrun.monitor.Ping;
import io.trigrun.monitor.PingSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest pings of a monitor, those that are not in a {@link PingBlock} yet. Pure.
 *
 * @param count of all pings it ever had
 * @param latest the last of them, the oldest first
 */
record PingTail(long count, List<Ping> latest) {

  static final PingTail EMPTY = new PingTail(0, List.of());

  PingTail {
    latest = List.copyOf(latest);
  }

  PingTail plus(Instant at, PingSource source) {
    List<Ping> more = new ArrayList<>(latest);
    more.add(new Ping(count + 1, at, source));
    return new PingTail(count + 1, more);
  }

  /** Whether it is time to put them away. */
  boolean isFull() {
    return latest.size() >= PingBlock.SIZE;
  }

  PingTail emptied() {
    return new PingTail(count, List.of());
  }
}
