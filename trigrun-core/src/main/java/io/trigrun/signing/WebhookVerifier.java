package io.trigrun.signing;

import java.util.List;
import java.util.Map;

/**
 * For those who receive webhooks of TrigRun: says whether a request is what it claims to be.
 *
 * <pre>{@code
 * WebhookVerifier verifier = WebhookVerifier.of(secret);
 * byte[] body = exchange.getRequestBody().readAllBytes();
 * if (!verifier.verify(body, exchange.getRequestHeaders()).isValid()) {
 *   exchange.sendResponseHeaders(401, -1);
 * }
 * }</pre>
 *
 * Immutable and safe for use by many threads. Give it the bytes as they came: verify first, parse
 * afterwards. Compares in constant time. The signature covers the body only and has no time in it:
 * drop repetitions by the {@code X-TrigRun-Delivery-Id} header.
 */
public final class WebhookVerifier {

  private static final String HEADER = "X-Webhook-Signature";

  private final SignatureScheme scheme;
  private final SigningSecret secret;

  private WebhookVerifier(SignatureScheme scheme, SigningSecret secret) {
    this.scheme = scheme;
    this.secret = secret;
  }

  /**
   * Verifies {@code X-Webhook-Signature}.
   *
   * @param secret the signing secret of the channel or callback, all of it
   */
  public static WebhookVerifier of(String secret) {
    return of(SignatureScheme.bodyHex(HEADER), secret);
  }

  /** Verifies signatures of another scheme. */
  public static WebhookVerifier of(SignatureScheme scheme, String secret) {
    return new WebhookVerifier(scheme, SigningSecret.of("signing_secret", secret));
  }

  /**
   * Checks a request.
   *
   * @param body the bytes as they came
   * @param headers all headers, names in any case
   */
  public Verification verify(byte[] body, Map<String, List<String>> headers) {
    return scheme.verify(body, headers, secret);
  }

  @Override
  public String toString() {
    return "WebhookVerifier[***]";
  }
}
