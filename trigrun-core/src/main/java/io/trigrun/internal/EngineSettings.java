package io.trigrun.internal;

import io.trigrun.Retention;
import java.time.Duration;
import java.util.Map;

/**
 * What a host chose.
 *
 * @param node the name of this node
 * @param queues permits by queue; 0 knows the queue and serves nothing of it
 * @param lease how long a claim holds without being extended
 * @param pollInterval how long to sleep at most when nothing is known to be due
 * @param lookAhead how far ahead to claim
 * @param maxPrefetch how many executions a queue may hold beyond its permits
 * @param maxBatch how many transitions go into one write at most
 * @param groupCompletions whether the ends of attempts share writes
 * @param retention how long what has ended is remembered
 * @param rateLimits how often what may start
 * @param maxPayload longest payload, in characters
 */
public record EngineSettings(
    String node,
    Map<String, Integer> queues,
    Duration lease,
    Duration pollInterval,
    Duration lookAhead,
    int maxPrefetch,
    int maxBatch,
    boolean groupCompletions,
    Retention retention,
    RateLimits rateLimits,
    int maxPayload) {

  /** Permits of a queue that the host says nothing about. */
  static final int DEFAULT_PERMITS = 64;

  public EngineSettings {
    queues = Map.copyOf(queues);
  }

  EngineSettings withQueues(Map<String, Integer> others) {
    return new EngineSettings(
        node,
        others,
        lease,
        pollInterval,
        lookAhead,
        maxPrefetch,
        maxBatch,
        groupCompletions,
        retention,
        rateLimits,
        maxPayload);
  }
}
