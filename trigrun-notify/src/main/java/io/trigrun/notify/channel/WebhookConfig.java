package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** The settings of a webhook, checked. */
record WebhookConfig(
    URI url,
    WebhookSignature signature,
    WebhookHeaders headers,
    boolean includeOutput,
    WebhookFormat format) {

  static WebhookConfig of(Settings settings) {
    Problems problems = new Problems();
    Optional<URI> url = read(settings, WebhookConfig::url, problems);
    Optional<WebhookSignature> signature = read(settings, WebhookSignature::of, problems);
    Optional<WebhookHeaders> headers = read(settings, WebhookHeaders::of, problems);
    Optional<Boolean> includeOutput =
        read(settings, all -> all.flag(WebhookChannel.INCLUDE_OUTPUT), problems);
    Optional<WebhookFormat> format = read(settings, WebhookFormat::of, problems);
    problems.throwIfAny();
    return new WebhookConfig(
        url.orElseThrow(),
        signature.orElseThrow(),
        headers.orElseThrow(),
        includeOutput.orElseThrow(),
        format.orElseThrow());
  }

  private static URI url(Settings settings) {
    return EndpointUrl.parse(settings.text(WebhookChannel.URL).orElse(""));
  }

  /** Empty if there is a problem, which is noted. */
  private static <T> Optional<T> read(
      Settings settings, Function<Settings, T> reader, Problems problems) {
    try {
      return Optional.of(reader.apply(settings));
    } catch (ValidationException e) {
      e.problems().forEach(problems::add);
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "WebhookConfig[" + url.getHost() + "]";
  }
}
