package io.trigrun.internal;

import java.time.Duration;

/** Waits longer each time in a row that something fails. Used by one thread. */
final class Pause {

  private final Duration shortest;
  private final Duration longest;
  private Duration next;

  Pause(Duration shortest, Duration longest) {
    this.shortest = shortest;
    this.longest = longest;
    this.next = shortest;
  }

  void await(Loop loop) throws InterruptedException {
    loop.sleep(next());
  }

  /** How long to wait now. */
  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return now;
  }

  void reset() {
    next = shortest;
  }
}
