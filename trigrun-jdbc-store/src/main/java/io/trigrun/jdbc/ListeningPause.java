package io.trigrun.jdbc;

import java.time.Duration;

/**
 * How long a listener goes without a connection that others have missed: longer each time in a row,
 * because a pool that is too small stays so.
 */
final class ListeningPause {

  static final Duration SHORTEST = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofHours(1);

  private Duration next = SHORTEST;
  private boolean told;

  /**
   * It has listened for so long until somebody missed the connection. Returns how long to pause.
   */
  Duration after(Duration listened) {
    if (listened.compareTo(LONGEST) > 0) {
      next = SHORTEST;
    }
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now;
  }

  /** Whether nobody has been told of it yet; they are now. */
  boolean isNews() {
    boolean news = !told;
    told = true;
    return news;
  }
}
