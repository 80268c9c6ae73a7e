package io.trigrun.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/**
 * What a node can take on.
 *
 * @param node its name
 * @param queues how many executions it has room for, by queue; at least one each
 * @param handlers the handlers it has: it gets no execution of any other
 * @param now the time
 * @param horizon how far ahead to look, at or after {@code now}; what is not due yet is held by the
 *     node until it is
 * @param leaseUntil when the leases end
 */
public record ClaimRequest(
    String node,
    Map<String, Integer> queues,
    Set<String> handlers,
    Instant now,
    Instant horizon,
    Instant leaseUntil) {

  public ClaimRequest {
    queues = Map.copyOf(queues);
    handlers = Set.copyOf(handlers);
    now = now.truncatedTo(ChronoUnit.MICROS);
    horizon = horizon.truncatedTo(ChronoUnit.MICROS);
    leaseUntil = leaseUntil.truncatedTo(ChronoUnit.MICROS);
  }
}
