package io.trigrun.spi;

import io.trigrun.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An execution with a fresh lease.
 *
 * @param execution as it is now: RUNNING, {@code dueAt} the end of the lease
 * @param reason why it needed somebody
 * @param dueAt when it was due, before the claim
 * @param wakeUps what woke it, oldest first: every wake-up that no transition has consumed yet
 * @param turn what its last transition said ({@link Transition#turn()})
 */
public record ClaimedExecution(
    Execution execution,
    Reason reason,
    Instant dueAt,
    List<WakeUp> wakeUps,
    Optional<String> turn) {

  /** Why an execution needed somebody. */
  public enum Reason {
    /** It was PENDING and due. */
    DUE,
    /** It was RUNNING and its node has not extended the lease: the node died, or hangs. */
    LEASE_EXPIRED,
    /** It was WAITING and the wait timed out. */
    WAIT_EXPIRED
  }

  public ClaimedExecution {
    wakeUps = List.copyOf(wakeUps);
  }

  public Lease lease() {
    return new Lease(execution.id(), execution.lease());
  }
}
