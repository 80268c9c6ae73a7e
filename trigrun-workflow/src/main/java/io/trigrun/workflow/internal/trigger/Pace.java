package io.trigrun.workflow.internal.trigger;

import io.trigrun.throttle.Buckets;
import io.trigrun.workflow.TriggerLimits;
import io.trigrun.workflow.TriggerReceipt;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How many deliveries and failures are taken, by one node. Deliveries count by token, whether
 * somebody has it or not; failures count by network. Who has failed too often with one token has to
 * wait with that token, so that no secret can be guessed; who has tried too many tokens, with
 * tokens that he proves nothing with. No failure keeps others out.
 */
final class Pace {

  private final Buckets deliveries;
  private final Buckets hidden;
  private final Buckets strangers;
  private final Buckets failures;

  Pace(TriggerLimits limits, Clock clock) {
    this.deliveries = new Buckets(limits.deliveries(), limits.deliveryEvery(), clock);
    this.hidden = new Buckets(limits.deliveries(), limits.deliveryEvery(), clock);
    this.strangers = new Buckets(limits.failures(), limits.failureEvery(), clock);
    this.failures = new Buckets(limits.failures(), limits.failureEvery(), clock);
  }

  /** Counts a delivery. */
  Optional<TriggerReceipt> took(String tokenHash) {
    return deliveries.take(tokenHash).map(TriggerReceipt.TooBusy::new);
  }

  /**
   * Counts a delivery that proves nothing and may not know it, whether somebody has the token or
   * not: as a delivery, but apart, so that it leaves the others their room, and as a failure.
   */
  Optional<TriggerReceipt> hid(String network, String tokenHash) {
    Optional<Duration> guesses = strangers.take(network);
    return (guesses.isPresent() ? guesses : hidden.take(tokenHash))
        .map(TriggerReceipt.TooBusy::new);
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
