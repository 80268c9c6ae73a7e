package io.trigrun.notify;

import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.notify.provider.DirectChannelProvider;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;

/** A provider with the settings of one channel. */
sealed interface Sender permits HttpSender, DirectSender {

  static Sender of(ChannelProvider<?> provider, Settings settings) {
    if (provider instanceof HttpChannelProvider<?> http) {
      return HttpSender.of(http, settings);
    }
    return DirectSender.of((DirectChannelProvider<?>) provider, settings);
  }

  Rendering render(Message message);
}
