package io.trigrun.notify;

import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * When a channel that does not work is disabled (row N20): whichever comes first. A receiver that
 * says it is gone (410) is taken at its word at once.
 *
 * @param faults so many answers in a row that no message can get through until somebody changes the
 *     channel (401, 403, 404 for example); 1 to 1,000
 * @param failing for so long no message has got through, while some were tried; 1 minute to 365
 *     days
 */
public record AutoDisable(int faults, Duration failing) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  public AutoDisable {
    Problems problems = new Problems();
    problems.check(faults >= 1 && faults <= 1_000, "auto_disable.faults", "1 to 1,000", faults);
    problems.check(
        failing.compareTo(SHORTEST) >= 0 && failing.compareTo(LONGEST) <= 0,
        "auto_disable.failing_seconds",
        "1 minute to 365 days",
        failing);
    problems.throwIfAny();
  }

  /**
   * After so many faults in a row, or so long without success.
   *
   * @throws io.trigrun.validation.ValidationException if one of them is out of range
   */
  public static AutoDisable after(int faults, Duration failing) {
    return new AutoDisable(faults, failing);
  }
}
