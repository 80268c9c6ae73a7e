package io.trigrun.notify.channel;

import io.trigrun.notify.provider.DeliveryStamp;
import io.trigrun.notify.provider.HttpChannelProvider;
import io.trigrun.notify.provider.Message;
import io.trigrun.notify.provider.OutboundRequest;
import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Rendering;
import io.trigrun.notify.provider.Settings;
import io.trigrun.route.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Posts the JSON of {@link WebhookPayload} to any URL, signed if the channel has a secret. */
final class WebhookProvider implements HttpChannelProvider<WebhookConfig> {

  private static final ProviderSpec SPEC =
      new ProviderSpec(
          WebhookChannel.TYPE,
          List.of(
              Field.required(WebhookChannel.URL)
                  .asDestination()
                  .of(Shape.text("where to; public, http or https").format("uri")),
              Field.optional(WebhookChannel.SIGNING_SECRET)
                  .asSecret()
                  .alsoSpelled("secret")
                  .of(
                      Shape.text(
                          "signs each request by HMAC-SHA256: X-Webhook-Signature, and Standard Webhooks if it is whsec_ and base64")),
              Field.optional(WebhookChannel.PREVIOUS_SECRET)
                  .asSecret()
                  .of(Shape.text("the secret before, which signs beside the other for a while")),
              Field.optional(WebhookChannel.PREVIOUS_UNTIL)
                  .of(Shape.instant("until when the secret before counts")),
              Field.optional(WebhookChannel.SIGNATURES)
                  .of(
                      SettingWord.shape(
                          "which headers sign; both by default", WebhookChannel.Signatures.class)),
              Field.optional(WebhookChannel.SIGNATURE_HEADER)
                  .of(Shape.text("another name for X-Webhook-Signature")),
              Field.optional(WebhookChannel.EVENT_HEADER)
                  .of(Shape.text("the name of a header with the name of the event")),
              Field.optional(WebhookChannel.HEADER_NAME)
                  .of(Shape.text("the name of a header that is always the same")),
              Field.optional(WebhookChannel.HEADER_VALUE)
                  .asSecret()
                  .of(Shape.text("the value of that header")),
              Field.optional(WebhookChannel.INCLUDE_OUTPUT)
                  .of(
                      Shape.flag(
                          "whether messages show the start of what the job or its target said; false by default")),
              Field.optional(WebhookChannel.FORMAT)
                  .of(
                      SettingWord.shape(
                          "which payload; trigrun by default", WebhookFormat.class))));

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
