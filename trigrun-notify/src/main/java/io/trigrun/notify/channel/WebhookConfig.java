package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.SigningSecret;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.util.Optional;

/** The settings of a webhook, checked. */
record WebhookConfig(URI url, Optional<SigningSecret> signingSecret, boolean includeOutput) {

  static WebhookConfig of(Settings settings) {
    Problems problems = new Problems();
    Optional<URI> url = Optional.empty();
    Optional<SigningSecret> secret = Optional.empty();
    boolean includeOutput = false;
    try {
      url = Optional.of(EndpointUrl.parse(settings.text(WebhookChannel.URL).orElse("")));
    } catch (ValidationException e) {
      e.problems().forEach(p -> problems.add(p.field(), p.expected(), p.got()));
    }
    try {
      secret =
          settings
              .text(WebhookChannel.SIGNING_SECRET)
              .map(text -> SigningSecret.of(Settings.field(WebhookChannel.SIGNING_SECRET), text));
    } catch (ValidationException e) {
      e.problems().forEach(p -> problems.add(p.field(), p.expected(), p.got()));
    }
    try {
      includeOutput = settings.flag(WebhookChannel.INCLUDE_OUTPUT);
    } catch (ValidationException e) {
      e.problems().forEach(p -> problems.add(p.field(), p.expected(), p.got()));
    }
    problems.throwIfAny();
    return new WebhookConfig(url.orElseThrow(), secret, includeOutput);
  }

  @Override
  public String toString() {
    return "WebhookConfig[" + url.getHost() + "]";
  }
}
