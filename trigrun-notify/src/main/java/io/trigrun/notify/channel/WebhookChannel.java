package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ChannelSpec;
import io.trigrun.notify.provider.Settings;

/**
 * A channel that posts JSON to a URL (row N2). Immutable; {@link #toString} shows neither the URL
 * nor the secret. Everything is checked when the channel is saved.
 */
public final class WebhookChannel implements ChannelSpec {

  static final String TYPE = "webhook";
  static final String URL = "url";
  static final String SIGNING_SECRET = "signing_secret";
  static final String INCLUDE_OUTPUT = "include_output";

  private final String name;
  private final Settings settings;

  private WebhookChannel(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  /**
   * A webhook without signature and output.
   *
   * @param name unique within the workspace, 1 to 100 characters
   * @param url absolute, http or https, at most 2,048 characters, without user name and fragment
   */
  public static WebhookChannel of(String name, String url) {
    return new WebhookChannel(name, Settings.empty().with(URL, url));
  }

  /**
   * Signs each request: {@code X-Webhook-Signature: sha256=<hex>}, HMAC-SHA256 of the body with the
   * whole text as UTF-8 for a key. 1 to 500 characters. Default: no signature.
   */
  public WebhookChannel signingSecret(String secret) {
    return new WebhookChannel(name, settings.with(SIGNING_SECRET, secret));
  }

  /**
   * Whether {@code output} holds the execution's output, if it is no longer than 16,384 characters.
   * Default: no, it is {@code null}.
   */
  public WebhookChannel includeOutput(boolean include) {
    return new WebhookChannel(name, settings.with(INCLUDE_OUTPUT, include));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public String toString() {
    return "WebhookChannel[" + name + ", " + settings + "]";
  }
}
