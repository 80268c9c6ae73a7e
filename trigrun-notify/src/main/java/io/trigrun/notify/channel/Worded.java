package io.trigrun.notify.channel;

import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryOutcome.Permanent;
import io.trigrun.notify.provider.DeliveryOutcome.RateLimited;
import io.trigrun.notify.provider.DeliveryOutcome.Transient;

/** What a status means to everybody, in the words of one vendor. */
final class Worded {

  private Worded() {}

  /** The same outcome for this reason; one that has none stays as it is. */
  static DeliveryOutcome by(String reason, DeliveryOutcome usual) {
    if (usual instanceof Permanent permanent) {
      return new Permanent(reason, permanent.fault());
    }
    if (usual instanceof RateLimited limited) {
      return new RateLimited(reason, limited.retryAfter());
    }
    return usual instanceof Transient ? new Transient(reason) : usual;
  }
}
