package io.trigrun.signing;

import io.trigrun.validation.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A shared secret for signatures. The whole text is the key, as UTF-8, a prefix such as {@code
 * whsec_} included. {@link #toString} shows nothing of it.
 */
public final class SigningSecret {

  private static final int LONGEST = 500;

  private final byte[] key;

  private SigningSecret(byte[] key) {
    this.key = key;
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
    return new SigningSecret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The key itself, for signatures in this package. */
  byte[] key() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SigningSecret secret && Arrays.equals(secret.key, key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return "SigningSecret[***]";
  }
}
