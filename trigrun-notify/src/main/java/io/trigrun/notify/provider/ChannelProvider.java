package io.trigrun.notify.provider;

import io.trigrun.http.HttpReply;
import java.time.Instant;

/**
 * A kind of channel. Pure: the same arguments give the same values, on any thread, without I/O,
 * clock or log. Whatever a message contains, what is rendered must be harmless to the receiver.
 *
 * @param <C> its settings, checked and typed; {@code toString} must hide secrets
 */
public interface ChannelProvider<C> {

  /** Its name and its settings. */
  ProviderSpec spec();

  /**
   * Checks and types the settings.
   *
   * @throws io.trigrun.validation.ValidationException naming the settings as {@code config.url};
   *     without a secret in the message
   */
  C config(Settings settings);

  /**
   * Writes a message down. Called once for a delivery, when it is planned: what comes out is stored
   * and sent unchanged in every attempt, so it must hold no secret.
   */
  Rendering render(C config, Message message);

  /**
   * Addresses and signs what was rendered. Called for each attempt, with the settings as they are
   * then.
   */
  OutboundRequest request(C config, Rendering rendering);

  /**
   * Says what an answer means. By default what {@link StatusTable} says.
   *
   * @param now when the answer came, for a {@code Retry-After} that is a date
   */
  default DeliveryOutcome classify(HttpReply reply, Instant now) {
    return StatusTable.classify(reply, now);
  }
}
