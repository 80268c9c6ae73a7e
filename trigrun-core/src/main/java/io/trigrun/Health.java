package io.trigrun;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a TrigRun fares, cheap enough to ask every second.
 *
 * @param status the short of it
 * @param storeFailure what the store said last, if it does not work right now
 * @param storeFailingSince since when it does not
 * @param lastClaim when executions were last asked for with success; empty before the first time
 * @param inFlight how many executions this node holds, by queue: running, about to run, and not yet
 *     recorded
 * @param clockOffset how far the store's clock is ahead of the host's, negative if behind, as last
 *     measured; the node goes by the store's. Zero if they agree, or the store has no clock
 */
public record Health(
    Status status,
    Optional<String> storeFailure,
    Optional<Instant> storeFailingSince,
    Optional<Instant> lastClaim,
    Map<String, Integer> inFlight,
    Duration clockOffset) {

  /** The short of it. */
  public enum Status {
    /** Built, not started. */
    NEW,
    /** All is well. */
    UP,
    /**
     * The store can't be reached: what runs goes on, nothing new starts, and it is tried again and
     * again.
     */
    STORE_UNAVAILABLE,
    /** Stopped for good. */
    STOPPED
  }

  public Health {
    inFlight = Map.copyOf(inFlight);
  }
}
