package io.trigrun.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a node got.
 *
 * @param executions in the order in which to start them
 * @param nextDue if every queue had fewer than asked for: the earliest due instant that is left, of
 *     those the node could run. May be earlier than the truth, never later
 * @param revision {@link JobStore#revision()} at the time of the claim
 */
public record Claim(List<ClaimedExecution> executions, Optional<Instant> nextDue, long revision) {

  public Claim {
    executions = List.copyOf(executions);
  }
}
