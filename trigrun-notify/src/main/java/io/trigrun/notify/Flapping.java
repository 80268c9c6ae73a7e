package io.trigrun.notify;

import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * When a job or monitor goes up and down too often to tell of each time (row N20). A job is up
 * after a run that succeeded and down after one that failed, a monitor as its pings say; before
 * anything was known of it, it was up. Pure: it follows from the events and the clock.
 *
 * @param changes so many ups and downs make it flapping; 3 to 100, or 0 for off
 * @param within if they happen in so short a time; 1 minute to 30 days
 * @param steadyFor so long without any, and it is steady again; 1 minute to 30 days
 */
public record Flapping(int changes, Duration within, Duration steadyFor) {

  private static final Flapping OFF = new Flapping(0, Duration.ZERO, Duration.ZERO);
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  /**
   * @throws io.trigrun.validation.ValidationException for what is out of range, on {@code
   *     flapping.changes}, {@code flapping.within} and {@code flapping.steady_for}
   */
  public Flapping {
    boolean off = changes == 0 && within.isZero() && steadyFor.isZero();
    if (!off) {
      Problems problems = new Problems();
      problems.check(changes >= 3 && changes <= 100, "flapping.changes", "3 to 100", changes);
      check(within, "flapping.within", problems);
      if (!steadyFor.equals(within)) { // which is told already
        check(steadyFor, "flapping.steady_for", problems);
      }
      problems.throwIfAny();
    }
  }

  private static void check(Duration time, String field, Problems problems) {
    problems.check(
        time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0,
        field,
        "1 minute to 30 days",
        time);
  }

  /**
   * So many ups and downs within so long are flapping; as long without any is steady.
   *
   * @throws io.trigrun.validation.ValidationException for what is out of range
   */
  public static Flapping of(int changes, Duration within) {
    return new Flapping(changes, within, within);
  }

  /**
   * The same, steady after another time.
   *
   * @throws io.trigrun.validation.ValidationException for what is out of range
   */
  public Flapping withSteadyFor(Duration value) {
    return new Flapping(changes, within, value);
  }

  /** Each up and down is told. Takes away what a rule had said before. */
  public static Flapping off() {
    return OFF;
  }

  /** Whether it is {@link #off}. */
  public boolean isOff() {
    return changes == 0;
  }
}
