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
import io.trigrun.notify.provider.StatusTable;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
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

  /**
   * What an answer means. One that the provider fails to read may have been a yes: it is not asked
   * for again unless its status says that this may help.
   */
  DeliveryOutcome classify(HttpReply reply, Instant now) {
    String fault = "no outcome";
    try {
      Optional<DeliveryOutcome> meaning =
          Optional.ofNullable(provider.classify(config, reply, now)); // host code knows null
      if (meaning.isPresent()) {
        return meaning.get();
      }
    } catch (RuntimeException e) { // its message may hold anything
      fault = e.getClass().getSimpleName();
    }
    DeliveryOutcome usual = StatusTable.classify(reply, now);
    return usual instanceof DeliveryOutcome.Sent || usual instanceof DeliveryOutcome.Permanent
        ? new DeliveryOutcome.Permanent(
            "status: " + reply.status() + "; the provider failed to read the answer: " + fault,
            DeliveryOutcome.Fault.MESSAGE)
        : usual;
  }
}
