package io.trigrun.notify;

import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.util.Optional;

/** A provider with the settings of one channel. */
sealed interface Sender permits HttpSender, DirectSender {

  static Sender of(ChannelProvider<?> provider, Settings settings) {
    return of(provider, settings, MessageTemplate.none());
  }

  static Sender of(ChannelProvider<?> provider, Settings settings, MessageTemplate template) {
    if (provider instanceof HttpChannelProvider<?> http) {
      return HttpSender.of(http, settings, template);
    }
    return DirectSender.of((DirectChannelProvider<?>) provider, settings, template);
  }

  /** Of the channel. */
  MessageTemplate template();

  /** As the provider does. */
  Rendering plain(Message message);

  /** Whether a template may have a payload of its own. */
  boolean takesAnyJson();

  /** In the words of the channel. */
  default Rendering render(Message message) {
    return render(message, Optional.empty());
  }

  /** In the words of a rule and, where it has none, of the channel. */
  default Rendering render(Message message, Optional<MessageTemplate> ofRule) {
    MessageTemplate words = ofRule.map(rule -> rule.orElse(template())).orElseGet(this::template);
    if (words.isEmpty()) {
      return plain(message);
    }
    Message worded = words.applyTo(message);
    Optional<Rendering> payload = takesAnyJson() ? words.payloadFor(worded) : Optional.empty();
    return payload.orElseGet(() -> plain(worded));
  }
}
