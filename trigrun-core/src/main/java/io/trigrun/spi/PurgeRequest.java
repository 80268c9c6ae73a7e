package io.trigrun.spi;

import io.trigrun.ExecutionState;
import io.trigrun.validation.Problems;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * What to forget.
 *
 * @param queue only executions of this queue
 * @param states final states
 * @param finishedBefore those that ended before this instant
 * @param limit how many at most; 1 to 10,000
 */
public record PurgeRequest(
    Optional<String> queue, Set<ExecutionState> states, Instant finishedBefore, int limit) {

  public PurgeRequest {
    states = Set.copyOf(states);
    Problems.require(
        !states.isEmpty() && states.stream().allMatch(ExecutionState::isFinal),
        "states",
        "final states",
        states);
    Problems.require(limit >= 1 && limit <= 10_000, "limit", "1 to 10,000", limit);
    finishedBefore = finishedBefore.truncatedTo(ChronoUnit.MICROS);
  }
}
