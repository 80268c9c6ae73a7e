package io.trigrun;

import io.trigrun.validation.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is due in a queue and nobody works on, of all workspaces and for all nodes together.
 *
 * @param queue its name
 * @param due how many executions are due; counting ends at what was asked for, {@value #MOST} by
 *     default, so that a large backlog costs no more than that
 * @param oldestDueAt when the first of them was due; empty if none is
 * @param asOf when it was counted
 */
public record QueueBacklog(String queue, int due, Optional<Instant> oldestDueAt, Instant asOf) {

  /** Where counting ends. */
  public static final int MOST = 10_000;

  /**
   * @throws io.trigrun.validation.ValidationException for a negative count
   */
  public QueueBacklog {
    Problems.require(due >= 0, "due", "0 or more", due);
  }

  /** How long the first of them has been due; zero if none is. */
  public Duration oldestAge() {
    return oldestDueAt
        .map(since -> Duration.between(since, asOf))
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }
}
