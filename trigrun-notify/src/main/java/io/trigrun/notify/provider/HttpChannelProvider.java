package io.trigrun.notify.provider;

import io.trigrun.http.HttpReply;
import java.time.Instant;

/**
 * A kind of channel that is reached by an HTTP POST. Pure as a whole: calls, retries, pauses and
 * the check of where a request goes are made around it, the same for every kind.
 *
 * @param <C> its settings, checked and typed
 */
public non-sealed interface HttpChannelProvider<C> extends ChannelProvider<C> {

  /**
   * Addresses and signs what was rendered. Called for each attempt, with the settings as they are
   * then; and once when a channel is saved, to see where it leads.
   */
  OutboundRequest request(C config, Rendering rendering, DeliveryStamp stamp);

  /**
   * Whether its receivers take JSON of any shape, so that a {@link MessageTemplate#payload} may
   * take the place of what is rendered. Default: no.
   */
  default boolean takesAnyJson() {
    return false;
  }

  /**
   * Says what an answer means. By default what {@link StatusTable} says.
   *
   * @param now when the answer came, for a {@code Retry-After} that is a date
   */
  default DeliveryOutcome classify(C config, HttpReply reply, Instant now) {
    return StatusTable.classify(reply, now);
  }
}
