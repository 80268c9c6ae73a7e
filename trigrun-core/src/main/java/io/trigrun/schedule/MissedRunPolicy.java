package io.trigrun.schedule;

import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * What happens to firings whose time passed while nothing could run them: the process was down, the
 * store away, the clock jumped (row S22). {@link Firing#decide} applies it.
 *
 * <p>A firing that is at most {@link #tolerance()} late is not missed and always runs. Firings
 * during a pause are not missed either: resuming a job plans from the present.
 */
public sealed interface MissedRunPolicy {

  /** 60 seconds. */
  Duration DEFAULT_TOLERANCE = Duration.ofSeconds(60);

  /**
   * The default: any number of missed firings become one run, of the newest. Firings that came due
   * behind a missed one are part of that one run, so that an outage is followed by exactly one.
   */
  static MissedRunPolicy runOnce() {
    return new RunOnce(DEFAULT_TOLERANCE);
  }

  /** Missed firings are dropped; the job goes on with the first that is not. */
  static MissedRunPolicy skip() {
    return new Skip(DEFAULT_TOLERANCE);
  }

  /**
   * Missed firings run one after the other, oldest first. When there are more than {@code bound},
   * the oldest are dropped.
   *
   * @param bound 1 to 1000
   * @throws io.trigrun.validation.ValidationException on {@code missed_run_policy.bound}
   */
  static MissedRunPolicy runAll(int bound) {
    return new RunAll(bound, DEFAULT_TOLERANCE);
  }

  /** A firing at most this late is not missed. */
  Duration tolerance();

  /**
   * The same policy with another tolerance.
   *
   * @param tolerance 0 to 366 days; default 60 seconds
   * @throws io.trigrun.validation.ValidationException on {@code missed_run_policy.tolerance}
   */
  MissedRunPolicy tolerance(Duration tolerance);

  /** See {@link #runOnce()}. */
  record RunOnce(Duration tolerance) implements MissedRunPolicy {
    public RunOnce {
      requireTolerance(tolerance);
    }

    @Override
    public RunOnce tolerance(Duration tolerance) {
      return new RunOnce(tolerance);
    }
  }

  /** See {@link #skip()}. */
  record Skip(Duration tolerance) implements MissedRunPolicy {
    public Skip {
      requireTolerance(tolerance);
    }

    @Override
    public Skip tolerance(Duration tolerance) {
      return new Skip(tolerance);
    }
  }

  /** See {@link #runAll(int)}. */
  record RunAll(int bound, Duration tolerance) implements MissedRunPolicy {
    public RunAll {
      Problems.require(
          bound >= 1 && bound <= Firing.MOST_RUNS, "missed_run_policy.bound", "1 to 1000", bound);
      requireTolerance(tolerance);
    }

    @Override
    public RunAll tolerance(Duration tolerance) {
      return new RunAll(bound, tolerance);
    }
  }

  private static void requireTolerance(Duration tolerance) {
    Problems.require(
        !tolerance.isNegative() && tolerance.compareTo(Duration.ofDays(366)) <= 0,
        "missed_run_policy.tolerance",
        "0 seconds to 366 days",
        tolerance);
  }
}
