package io.trigrun.notify.channel;

import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Posts the JSON of {@link WebhookPayload} to any URL, signed if the channel has a secret. */
final class WebhookProvider implements HttpChannelProvider<WebhookConfig> {

  private static final ProviderSpec SPEC =
      new ProviderSpec(
          WebhookChannel.TYPE,
          List.of(
              Field.required(WebhookChannel.URL).asDestination(),
              Field.optional(WebhookChannel.SIGNING_SECRET).asSecret().alsoSpelled("secret"),
              Field.optional(WebhookChannel.PREVIOUS_SECRET).asSecret(),
              Field.optional(WebhookChannel.PREVIOUS_UNTIL),
              Field.optional(WebhookChannel.SIGNATURES),
              Field.optional(WebhookChannel.SIGNATURE_HEADER),
              Field.optional(WebhookChannel.EVENT_HEADER),
              Field.optional(WebhookChannel.HEADER_NAME),
              Field.optional(WebhookChannel.HEADER_VALUE).asSecret(),
              Field.optional(WebhookChannel.INCLUDE_OUTPUT),
              Field.optional(WebhookChannel.FORMAT)));

  @Override
  public ProviderSpec spec() {
    return SPEC;
  }

  @Override
  public WebhookConfig config(Settings settings) {
    return WebhookConfig.of(settings);
  }

  @Override
  public Rendering render(WebhookConfig config, Message message) {
    String body =
        config.format() == WebhookFormat.CHEEK
            ? CheekPayload.of(message)
            : WebhookPayload.of(message, config.includeOutput());
    return new Rendering("application/json", body);
  }

  @Override
  public boolean takesAnyJson() {
    return true;
  }

  @Override
  public OutboundRequest request(WebhookConfig config, Rendering rendering, DeliveryStamp stamp) {
    byte[] body = rendering.bytes();
    Map<String, String> headers = new LinkedHashMap<>(config.headers().of(stamp));
    headers.putAll(config.signature().sign(stamp, body));
    return new OutboundRequest(config.url(), headers, body);
  }
}
