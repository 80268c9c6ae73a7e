package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import java.net.URI;
import java.util.Optional;

/** The settings of a webhook, checked. */
record WebhookConfig(
    URI url,
    WebhookSignature signature,
    WebhookHeaders headers,
    boolean includeOutput,
    WebhookFormat format) {

  static WebhookConfig of(Settings settings) {
    SettingsReader reader = new SettingsReader();
    Optional<URI> url = reader.find(() -> url(settings));
    Optional<WebhookSignature> signature = reader.find(() -> WebhookSignature.of(settings));
    Optional<WebhookHeaders> headers = reader.find(() -> WebhookHeaders.of(settings));
    boolean includeOutput = reader.read(() -> settings.flag(WebhookChannel.INCLUDE_OUTPUT), false);
    WebhookFormat format =
        reader.read(
            () -> SettingWord.read(settings, WebhookChannel.FORMAT, WebhookFormat.TRIGRUN),
            WebhookFormat.TRIGRUN);
    reader.finish();
    return new WebhookConfig(
        url.orElseThrow(), signature.orElseThrow(), headers.orElseThrow(), includeOutput, format);
  }

  private static URI url(Settings settings) {
    return EndpointUrl.parse(settings.text(WebhookChannel.URL).orElse(""));
  }

  @Override
  public String toString() {
    return "WebhookConfig[" + url.getHost() + "]";
  }
}
