package io.trigrun.testing;

import io.trigrun.TrigRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Drives a TrigRun that is not started: everything happens on the test's own thread, at the time
 * the test says.
 *
 * <pre>{@code
 * ManualClock clock = ManualClock.at("2026-03-16T10:00:00Z");
 * TrigRun trigrun = TrigRun.builder().clock(clock).handler(...).build();
 * TrigRunDriver driver = new TrigRunDriver(trigrun, clock);
 * trigrun.jobs().create(everyHour);
 * driver.advance(Duration.ofDays(1));   // 24 runs, in no time
 * }</pre>
 */
public final class TrigRunDriver {

  private static final int MOST_STEPS = 1_000_000;

  private final TrigRun trigrun;
  private final ManualClock clock;

  /** Drives a TrigRun that was built with the clock. */
  public TrigRunDriver(TrigRun trigrun, ManualClock clock) {
    this.trigrun = trigrun;
    this.clock = clock;
  }

  /**
   * Runs everything that is due now, and what becomes due by that.
   *
   * @return how many attempts were made, those of the library's own executions included
   */
  public int runDue() {
    return trigrun.runDue().attempts();
  }

  /**
   * Moves the clock on, stopping at each instant at which something is due to run it.
   *
   * @return how many attempts were made, those of the library's own executions included
   */
  public int advance(Duration by) {
    Instant end = clock.instant().plus(by);
    int attempts = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      TrigRun.DueRun run = trigrun.runDue();
      attempts += run.attempts();
      Optional<Instant> next = run.nextDue().filter(due -> !due.isAfter(end));
      if (next.isEmpty()) {
        clock.set(end);
        return attempts + trigrun.runDue().attempts();
      }
      if (next.get().isAfter(clock.instant())) {
        clock.set(next.get());
      } else {
        clock.advance(Duration.ofMillis(1)); // due, but somebody else has it
      }
    }
    throw new IllegalStateException(
        "expected at most "
            + MOST_STEPS
            + " due instants within "
            + by
            + "; advance in smaller steps");
  }
}
