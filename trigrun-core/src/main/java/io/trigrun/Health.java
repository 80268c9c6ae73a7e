package io.trigrun;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
 * @param permits of every queue that this node knows, those included that it does not serve
 */
public record Health(
    Status status,
    Optional<String> storeFailure,
    Optional<Instant> storeFailingSince,
    Optional<Instant> lastClaim,
    Map<String, Integer> inFlight,
    Duration clockOffset,
    Map<String, Permits> permits) {

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

  /**
   * How many executions of a queue run on this node.
   *
   * @param used how many do now
   * @param total how many may; 0 if the queue is only known here, and served elsewhere
   */
  public record Permits(int used, int total) {}

  public Health {
    inFlight = Map.copyOf(inFlight);
    permits = Map.copyOf(permits);
  }

  /**
   * Whether the process can go on, as a liveness probe asks. True until it is stopped, also while
   * the store is away: a restart would help nobody then.
   */
  public boolean isLive() {
    return status != Status.STOPPED;
  }

  /** Whether it takes on work now, as a readiness probe asks: started, and the store works. */
  public boolean isReady() {
    return status == Status.UP;
  }

  /**
   * As JSON, for an endpoint that others may see: names of queues and figures, and of a failure of
   * the store only what kind of exception it was.
   */
  public String toJson() {
    return toJson(List.of());
  }

  /**
   * As {@link #toJson()}, with what is due.
   *
   * @param backlogs what {@link TrigRun#backlog()} says
   */
  public String toJson(Collection<QueueBacklog> backlogs) {
    return HealthJson.write(this, backlogs);
  }
}
