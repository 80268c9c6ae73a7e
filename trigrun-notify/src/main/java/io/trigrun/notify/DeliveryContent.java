package io.trigrun.notify;

import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Rendering;
import java.util.Optional;

/**
 * What a delivery sends: rendered when it was planned, or a message that is rendered when it is
 * sent, because nobody could render it then.
 */
record DeliveryContent(Optional<Rendering> rendering, Optional<Message> message) {

  static DeliveryContent of(Rendering rendering) {
    return new DeliveryContent(Optional.of(rendering), Optional.empty());
  }

  static DeliveryContent of(Message message) {
    return new DeliveryContent(Optional.empty(), Optional.of(message));
  }

  /** As it is sent; throws what the provider throws. */
  Rendering rendered(Sender sender) {
    return rendering.orElseGet(() -> sender.render(message.orElseThrow()));
  }
}
