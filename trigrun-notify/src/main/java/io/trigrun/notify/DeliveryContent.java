package io.trigrun.notify;

import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Rendering;
import java.util.Optional;

/**
 * What a delivery sends: rendered when it was planned, or a message that is rendered when it is
 * sent, because nobody could render it then.
 */
record DeliveryContent(
    Optional<Rendering> rendering, Optional<Message> message, Optional<MessageTemplate> template) {

  static DeliveryContent of(Rendering rendering) {
    return new DeliveryContent(Optional.of(rendering), Optional.empty(), Optional.empty());
  }

  static DeliveryContent of(Message message) {
    return of(message, Optional.empty());
  }

  /**
   * @param ofRule the words of the rule; those of the channel are read when it is rendered
   */
  static DeliveryContent of(Message message, Optional<MessageTemplate> ofRule) {
    return new DeliveryContent(Optional.empty(), Optional.of(message), ofRule);
  }

  /** As it is sent; throws what the provider throws. */
  Rendering rendered(Sender sender) {
    return rendering.orElseGet(() -> sender.render(message.orElseThrow(), template));
  }
}
