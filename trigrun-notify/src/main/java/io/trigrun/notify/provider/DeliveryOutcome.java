package io.trigrun.notify.provider;

import io.trigrun.http.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/** What an answer means for a delivery. */
public sealed interface DeliveryOutcome {

  /** The reason, in the receiver's words where it gave any; empty if it arrived. */
  default String why() {
    if (this instanceof Transient failure) {
      return failure.reason();
    }
    if (this instanceof RateLimited limited) {
      return limited.reason();
    }
    if (this instanceof Permanent failure) {
      return failure.reason();
    }
    return this instanceof Misdirected moved ? moved.reason() : "";
  }

  /** It arrived. */
  record Sent() implements DeliveryOutcome {}

  /** Another attempt may help; it uses up one of the delivery's attempts. */
  record Transient(String reason) implements DeliveryOutcome {}

  /**
   * Too much for the receiver now. Waiting uses up no attempt while the delivery is young.
   *
   * @param retryAfter how long the receiver asks to wait; moved into 1 second to 24 hours
   */
  record RateLimited(String reason, Optional<Duration> retryAfter) implements DeliveryOutcome {

    public RateLimited {
      retryAfter = retryAfter.map(RetryAfter::clamp);
    }
  }

  /** No other attempt will help. */
  record Permanent(String reason, Fault fault) implements DeliveryOutcome {}

  /**
   * The receiver has moved; the channel is to be saved with these settings and the delivery sent
   * there.
   *
   * @param settings all of the channel's settings from now on; its secrets stay, whatever is given
   */
  record Misdirected(String reason, Settings settings) implements DeliveryOutcome {}

  /** What a permanent failure says about the next delivery. */
  enum Fault {
    /** The receiver did not like this message; the next one may be fine. */
    MESSAGE,
    /** The channel can't be used until somebody changes it. */
    CHANNEL,
    /** The receiver wants no more of anything. */
    GONE
  }
}
