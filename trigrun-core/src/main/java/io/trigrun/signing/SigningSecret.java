package io.trigrun.signing;

import io.trigrun.validation.Problems;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret for signatures, as a text. What key it makes is up to the {@link SignatureScheme}.
 * {@link #toString} shows nothing of it.
 */
public final class SigningSecret {

  private static final int LONGEST = 500;
  private static final int RANDOM_BYTES = 32;

  private final String text;

  /** Decoded once, as a pair of keys is checked with much arithmetic. */
  private final Optional<StandardKey> standardKey;

  private SigningSecret(String text) {
    this.text = text;
    this.standardKey = StandardKey.of(text);
  }

  /**
   * Takes a secret.
   *
   * @param field what to call it in the message of an error
   * @throws io.trigrun.validation.ValidationException unless it has 1 to 500 characters and no
   *     control characters
   */
  public static SigningSecret of(String field, String text) {
    Problems.require(
        !text.isBlank() && text.length() <= LONGEST,
        field,
        "1 to " + LONGEST + " characters, not only spaces",
        text.length() + " characters");
    Problems.require(
        text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c)),
        field,
        "no control characters and none beyond U+FFFF",
        "some");
    return new SigningSecret(text);
  }

  /**
   * A new secret, as a text to store and to tell the other side: {@code whsec_} and 32 random bytes
   * in base64, which every scheme takes.
   */
  public static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  String text() {
    return text;
  }

  /** The whole text as UTF-8, a prefix such as {@code whsec_} included. */
  SecretKeySpec rawKey() {
    return Hmac.key(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Empty if it is no key of Standard Webhooks. */
  Optional<StandardKey> standardKey() {
    return standardKey;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningSecret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "SigningSecret[***]";
  }
}
