package io.trigrun.signing;

import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a request is signed and its signature checked (row N16): which headers there are, which bytes
 * are signed, and how a secret's text becomes a key. Signatures are made of the raw bytes of a
 * body: one that was parsed and written again has another. Immutable and safe for use by many
 * threads.
 *
 * <table>
 * <caption>Schemes</caption>
 * <tr><th>scheme</th><th>signed</th><th>key</th><th>several keys</th><th>time</th></tr>
 * <tr><td>{@link #bodyHex}</td><td>body</td><td>the text as UTF-8</td><td>no</td><td>no</td></tr>
 * <tr><td>{@link #stripe}</td><td>time, body</td><td>the text as UTF-8</td><td>yes</td><td>yes</td></tr>
 * <tr><td>{@link #standard}</td><td>id, time, body</td><td>base64 after a prefix</td><td>yes</td><td>yes</td></tr>
 * </table>
 */
public abstract sealed class SignatureScheme permits BodyHexScheme, StripeScheme, StandardScheme {

  SignatureScheme() {}

  /**
   * {@code <header>: sha256=<hex>}: HMAC-SHA256 of the body, in lower case hexadecimal digits (row
   * N2; {@code X-Hub-Signature-256} makes it the scheme of GitHub). The key is the whole text as
   * UTF-8, prefixes included. The header holds one signature, so it is made with the current key
   * only: when secrets are rotated, it is the receiver who takes both for a while.
   *
   * @param header the name of the header
   */
  public static SignatureScheme bodyHex(String header) {
    return new BodyHexScheme(header);
  }

  /**
   * {@code <header>: t=<seconds>,v1=<hex>,...}: HMAC-SHA256 of time, full stop and body, one {@code
   * v1} for each key. The key is the whole text as UTF-8, prefixes included.
   *
   * @param header the name of the header, {@code Stripe-Signature} for example
   */
  public static SignatureScheme stripe(String header) {
    return new StripeScheme(header);
  }

  /**
   * Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature},
   * which signs id, time and body, once for each key. Secrets are {@code whsec_} and 24 to 64 bytes
   * in base64, which makes a {@code v1} (HMAC-SHA256), or {@code whsk_} and the 64 bytes of an
   * Ed25519 key pair, seed first, which makes a {@code v1a}. Receivers of the latter need no more
   * than {@code whpk_} and the public 32 bytes.
   */
  public static SignatureScheme standard() {
    return StandardScheme.INSTANCE;
  }

  /**
   * The headers to send along with a body.
   *
   * @param keys those that have not expired by {@code at} sign, as far as the scheme has room
   * @param id what is sent, the same whenever it is sent again; printable ASCII without full stops
   *     and spaces
   * @param at the moment of this attempt
   * @throws ValidationException naming {@code signing_secret} or {@code id}, without the secret, if
   *     the scheme can't use it
   */
  public abstract Map<String, String> sign(SigningKeys keys, String id, Instant at, byte[] body);

  /** Whether the scheme can sign with a secret: with any, unless it says otherwise. */
  public boolean fits(SigningSecret secret) {
    return true;
  }

  /**
   * Checks that the scheme can sign with a secret.
   *
   * @param field what to call it in the message of an error
   * @throws ValidationException without the secret, unless {@link #fits}
   */
  public final void check(String field, SigningSecret secret) {
    if (!fits(secret)) {
      throw refusal(field);
    }
  }

  /** Whether the scheme can check signatures with a secret: public keys will do. */
  boolean verifiesWith(SigningSecret secret) {
    return true;
  }

  /** Which secrets the scheme takes, for messages. */
  String secretForm() {
    return "any secret";
  }

  /** Whether signatures cover the time they were made at. */
  abstract boolean isTimed();

  /**
   * Checks everything but the time. Takes about as long for a refusal as for a valid signature.
   *
   * @param keys at least one, all of which {@link #verifiesWith} has approved
   */
  abstract Finding examine(ReceivedHeaders headers, byte[] body, List<SigningSecret> keys);

  final ValidationException refusal(String field) {
    return new ValidationException(
        List.of(new Problem(field, secretForm(), "another text, not shown")));
  }
}
