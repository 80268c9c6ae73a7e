package io.trigrun.notify.provider;

import java.io.IOException;
import java.time.Duration;

/**
 * A kind of channel that is reached otherwise than by HTTP: by SMTP, by a message broker.
 *
 * @param <C> its settings, checked and typed
 */
public non-sealed interface DirectChannelProvider<C> extends ChannelProvider<C> {

  /**
   * Hands over what was rendered, once, without retries of its own. Called on a thread that may
   * block, and is interrupted when the delivery's lease is lost.
   *
   * @param timeout for the whole of it
   * @return what the receiver said
   * @throws IOException if it could not be reached or did not answer: another attempt follows
   * @throws InterruptedException if the thread was interrupted
   */
  DeliveryOutcome send(C config, Rendering rendering, DeliveryStamp stamp, Duration timeout)
      throws IOException, InterruptedException;
}
