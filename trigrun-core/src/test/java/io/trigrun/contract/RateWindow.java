package io.trigrun.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** What a rate limit promises, by counting. */
public final class RateWindow {

  private RateWindow() {}

  /** The most instants in any stretch of time of that length, its end excluded. */
  public static int most(List<Instant> instants, Duration window) {
    List<Instant> sorted = instants.stream().sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < sorted.size(); last++) {
      while (!sorted.get(first).plus(window).isAfter(sorted.get(last))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** From the first to the last. */
  public static Duration span(List<Instant> instants) {
    return Duration.between(Collections.min(instants), Collections.max(instants));
  }
}
