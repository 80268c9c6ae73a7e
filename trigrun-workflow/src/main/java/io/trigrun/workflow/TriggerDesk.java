package io.trigrun.workflow;

import io.trigrun.inbound.InboundRequest;

/**
 * Takes deliveries to triggers, of all workspaces: what {@link
 * io.trigrun.workflow.inbound.TriggerRoutes} asks, or a host's own endpoint. Thread-safe.
 */
@FunctionalInterface
public interface TriggerDesk {

  /**
   * Takes a delivery: checks its signature over the bytes as they came, reads it, and stores a run
   * and the fact that the delivery was seen by one write. Blocks for two reads of the store and
   * that write, and no longer: the run starts elsewhere.
   *
   * <p>A token that nobody has is looked for and its delivery is checked and read just as one of a
   * trigger is.
   *
   * @param token as it came, whatever it looks like
   * @throws io.trigrun.spi.StoreException if the store can't do its part; answer 503 if it may
   *     pass, so that the delivery is sent again
   */
  TriggerReceipt receive(String token, InboundRequest request);
}
