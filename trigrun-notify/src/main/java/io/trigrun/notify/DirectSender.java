package io.trigrun.notify;

import io.trigrun.notify.provider.DeliveryOutcome;
import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.MessageTemplate;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.io.IOException;
import java.time.Duration;

/** A channel that is reached otherwise than by HTTP. */
record DirectSender<C>(DirectChannelProvider<C> provider, C config, MessageTemplate template)
    implements Sender {

  static <C> DirectSender<C> of(
      DirectChannelProvider<C> provider, Settings settings, MessageTemplate template) {
    return new DirectSender<>(provider, provider.config(settings), template);
  }

  @Override
  public Rendering plain(Message message) {
    return provider.render(config, message);
  }

  @Override
  public boolean takesAnyJson() {
    return false;
  }

  /** Blocks. */
  DeliveryOutcome send(Rendering rendering, DeliveryStamp stamp, Duration timeout)
      throws IOException, InterruptedException {
    return provider.send(config, rendering, stamp, timeout);
  }
}
