package io.trigrun.workflow.internal.trigger;

import io.trigrun.workflow.TriggerLimits;
import io.trigrun.workflow.TriggerReceipt;
import io.trigrun.workflow.internal.throttle.Buckets;
import java.time.Clock;
import java.util.Optional;

/**
 * How many deliveries and failures are taken, by one node. Deliveries count by token, whether
 * somebody has it or not; failures count by network. Who has failed too often with one token has to
 * wait with that token, so that no secret can be guessed; no failure keeps others out.
 */
final class Pace {

  private final Buckets deliveries;
  private final Buckets hidden;
  private final Buckets failures;

  Pace(TriggerLimits limits, Clock clock) {
    this.deliveries = new Buckets(limits.deliveries(), limits.deliveryEvery(), clock);
    this.hidden = new Buckets(limits.deliveries(), limits.deliveryEvery(), clock);
    this.failures = new Buckets(limits.failures(), limits.failureEvery(), clock);
  }

  /**
   * Counts a delivery. What proves nothing and may not know it is counted as any other, but apart:
   * it leaves the others their room.
   */
  Optional<TriggerReceipt> took(String tokenHash, boolean isProven) {
    return (isProven ? deliveries : hidden).take(tokenHash).map(TriggerReceipt.TooBusy::new);
  }

  /** Whether a network has failed too often with a token. */
  Optional<TriggerReceipt> shutOut(String network, String tokenHash) {
    return failures.ask(network + "/" + tokenHash).map(TriggerReceipt.TooBusy::new);
  }

  /** Counts a proof that failed. */
  Optional<TriggerReceipt> failed(String network, String tokenHash) {
    return failures.take(network + "/" + tokenHash).map(TriggerReceipt.TooBusy::new);
  }

  /** Counts a delivery that can't be read. */
  Optional<TriggerReceipt> failed(String network) {
    return failures.take(network).map(TriggerReceipt.TooBusy::new);
  }
}
