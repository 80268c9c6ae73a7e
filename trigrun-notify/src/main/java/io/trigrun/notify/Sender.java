package io.trigrun.notify;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.time.Instant;

/** A provider with the settings of one channel. */
record Sender<C>(ChannelProvider<C> provider, C config) {

  static <C> Sender<C> of(ChannelProvider<C> provider, Settings settings) {
    return new Sender<>(provider, provider.config(settings));
  }

  Rendering render(Message message) {
    return provider.render(config, message);
  }

  OutboundRequest request(Rendering rendering) {
    return provider.request(config, rendering);
  }

  DeliveryOutcome classify(HttpReply reply, Instant now) {
    return provider.classify(reply, now);
  }
}
