package io.trigrun.notify;

import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.secret.Ciphertext;
import java.util.List;
import java.util.Optional;

/** What a delivery sends. */
sealed interface DeliveryContent {

  /** Of a message that holds what nobody but its receiver should read. */
  record Sealed(Ciphertext ciphertext) implements DeliveryContent {}

  /**
   * Rendered when it was planned, or a message that is rendered when it is sent, because nobody
   * could render it then.
   *
   * @param credentials what it holds that nobody but its receiver should read
   */
  record Open(
      Optional<Rendering> rendering,
      Optional<Message> message,
      Optional<MessageTemplate> template,
      List<String> credentials)
      implements DeliveryContent {

    public Open {
      credentials = List.copyOf(credentials);
    }

    /** The same, holding these. */
    Open holding(List<String> values) {
      return new Open(rendering, message, template, values);
    }

    /** As it is sent; throws what the provider throws. */
    Rendering rendered(Sender sender) {
      return rendering.orElseGet(() -> sender.render(message.orElseThrow(), template));
    }

    /** Shows nothing that it holds. */
    @Override
    public String toString() {
      return "Open[" + (rendering.isPresent() ? "rendering" : "message") + "]";
    }
  }

  static Open of(Rendering rendering) {
    return new Open(Optional.of(rendering), Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * To be rendered when it is sent.
   *
   * @param ofRule the words of the rule; those of the channel are read when it is rendered
   */
  static Open of(Message message, Optional<MessageTemplate> ofRule) {
    return new Open(Optional.empty(), Optional.of(message), ofRule, List.of());
  }
}
