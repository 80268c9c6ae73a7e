package io.trigrun.notify.channel;

import io.trigrun.notify.provider.Settings;
import io.trigrun.signing.SigningSecret;
import java.time.Instant;

/**
 * A channel that posts JSON to a URL (row N2). Immutable; {@link #toString} shows neither the URL
 * nor secrets. Everything is checked when the channel is saved.
 */
public final class WebhookChannel extends BuiltInChannel {

  static final String TYPE = "webhook";
  static final String URL = "url";
  static final String SIGNING_SECRET = "signing_secret";
  static final String PREVIOUS_SECRET = "signing_secret_previous";
  static final String PREVIOUS_UNTIL = "signing_secret_previous_until";
  static final String SIGNATURES = "signature_headers";
  static final String SIGNATURE_HEADER = "signature_header";
  static final String EVENT_HEADER = "event_header";
  static final String HEADER_NAME = "header_name";
  static final String HEADER_VALUE = "header_value";
  static final String INCLUDE_OUTPUT = "include_output";
  static final String FORMAT = "format";

  /** Which headers sign a webhook. */
  public enum Signatures {
    /** As the two below, the second if the secret is fit for it. */
    BOTH,
    /** {@code X-Webhook-Signature}: the body. */
    BODY,
    /**
     * {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature} of Standard
     * Webhooks. The secret must be fit for it.
     */
    STANDARD
  }

  private WebhookChannel(String name, Settings settings) {
    super(TYPE, name, settings);
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
   * whole text as UTF-8 for a key; and, if it is {@code whsec_} and 24 to 64 bytes in base64
   * ({@link SigningSecret#random} is), by Standard Webhooks as well. 1 to 500 characters. Default:
   * no signature.
   */
  public WebhookChannel signingSecret(String secret) {
    return with(SIGNING_SECRET, secret);
  }

  /**
   * Lets the secret that was in use before sign for a while longer, beside the new one, so that the
   * receiver need not change it in the same moment. Of use for Standard Webhooks only: the other
   * header holds one signature, that of the new secret.
   *
   * @param until from when on it counts no more; a day from now is usual
   */
  public WebhookChannel previousSecret(String secret, Instant until) {
    return new WebhookChannel(
        name(), settings().with(PREVIOUS_SECRET, secret).with(PREVIOUS_UNTIL, until.toString()));
  }

  /** Which signatures are sent. Default: {@link Signatures#BOTH}. */
  public WebhookChannel signatures(Signatures which) {
    return with(SIGNATURES, SettingWord.of(which));
  }

  /** Sends the signature of the body under another name than {@code X-Webhook-Signature}. */
  public WebhookChannel signatureHeader(String header) {
    return with(SIGNATURE_HEADER, header);
  }

  /**
   * Sends the event's name in a header as well, {@code X-GitHub-Event} for example. It is not
   * signed: go by the body. Default: no such header.
   */
  public WebhookChannel eventHeader(String header) {
    return with(EVENT_HEADER, header);
  }

  /**
   * Sends a header that is always the same, {@code Authorization} for example. The value is kept
   * like a secret. Default: none; there can be one.
   */
  public WebhookChannel header(String header, String value) {
    return new WebhookChannel(
        name(), settings().with(HEADER_NAME, header).with(HEADER_VALUE, value));
  }

  private WebhookChannel with(String setting, String value) {
    return new WebhookChannel(name(), settings().with(setting, value));
  }

  /**
   * Whether {@code output} holds the execution's output, if it is no longer than 16,384 characters.
   * Default: no, it is {@code null}.
   */
  public WebhookChannel includeOutput(boolean include) {
    return new WebhookChannel(name(), settings().with(INCLUDE_OUTPUT, include));
  }

  /**
   * Posts the payload of cheek (row N8) instead: {@code status}, {@code log}, {@code name}, {@code
   * triggered_at} and so on. It always holds the log, and never the output.
   */
  public WebhookChannel cheek() {
    return with(FORMAT, SettingWord.of(WebhookFormat.CHEEK));
  }
}
