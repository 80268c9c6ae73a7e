package io.trigrun.workflow.definition;

import io.trigrun.BackoffPolicy;
import io.trigrun.validation.Problems;
import java.time.Duration;

/**
 * How often a step that failed is tried again. Waiting for the next try holds no thread.
 *
 * @param maxAttempts 1 to 100, the first included; tries that ended because a node died don't count
 * @param backoff how long between them
 */
public record StepRetry(int maxAttempts, BackoffPolicy backoff) {

  private static final StepRetry NONE =
      new StepRetry(1, new BackoffPolicy(Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0.5));

  public StepRetry {
    Problems.require(
        maxAttempts >= 1 && maxAttempts <= 100, "retry.max_attempts", "1 to 100", maxAttempts);
  }

  /** No second try. The default. */
  public static StepRetry none() {
    return NONE;
  }

  /** This many tries, 1 s after the first, then twice as long each time, at most 5 minutes. */
  public static StepRetry attempts(int most) {
    return new StepRetry(most, NONE.backoff());
  }

  /** The same, with other times. */
  public StepRetry backoff(BackoffPolicy value) {
    return new StepRetry(maxAttempts, value);
  }
}
