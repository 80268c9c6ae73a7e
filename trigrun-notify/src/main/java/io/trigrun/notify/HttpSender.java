package io.trigrun.notify;

import io.trigrun.http.HttpReply;
import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/** A channel that is reached by HTTP. */
record HttpSender<C>(HttpChannelProvider<C> provider, C config, MessageTemplate template)
    implements Sender {

  /** To see where requests go. */
  private static final Rendering EMPTY = new Rendering("application/json", "{}");

  private static final DeliveryStamp NONE =
      new DeliveryStamp(new UUID(0, 0), "none", 1, Instant.EPOCH);

  static <C> HttpSender<C> of(
      HttpChannelProvider<C> provider, Settings settings, MessageTemplate template) {
    return new HttpSender<>(provider, provider.config(settings), template);
  }

  @Override
  public Rendering plain(Message message) {
    return provider.render(config, message);
  }

  @Override
  public boolean takesAnyJson() {
    return provider.takesAnyJson();
  }

  /** Where requests go. */
  URI target() {
    return sample().url();
  }

  /** What requests look like, but for their body. */
  OutboundRequest sample() {
    return request(EMPTY, NONE);
  }

  OutboundRequest request(Rendering rendering, DeliveryStamp stamp) {
    return provider.request(config, rendering, stamp);
  }

  DeliveryOutcome classify(HttpReply reply, Instant now) {
    return provider.classify(config, reply, now);
  }
}
