package io.trigrun.workflow;

import io.trigrun.validation.Problems;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that vouches for the links of waiting runs: whoever has it can make links. Keep it like a
 * password, the same on all nodes. It never leaves this object; {@link #toString} shows its id
 * only.
 */
public final class LinkKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,16}");
  private static final int FEWEST_BYTES = 32;
  private static final int MOST_BYTES = 1_024;

  private final String id;
  private final SecretKeySpec secret;

  private LinkKey(String id, byte[] secret) {
    this.id = id;
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * A key that the host keeps.
   *
   * @param id tells keys apart while they are rotated, and is part of every link: 1 to 16 letters,
   *     digits, {@code _} and {@code -}. Another secret needs another id
   * @param base64 at least 32 bytes (256 bits) from a random generator: {@code openssl rand -base64
   *     32} makes them
   * @throws io.trigrun.validation.ValidationException without the secret, if either is something
   *     else
   */
  public static LinkKey of(String id, String base64) {
    Problems.require(
        ID.matcher(id).matches(), "link_key.id", "1 to 16 letters, digits, _ and -", id);
    byte[] secret = decoded(base64);
    Problems.require(
        secret.length >= FEWEST_BYTES && secret.length <= MOST_BYTES,
        "link_key.secret",
        FEWEST_BYTES + " to " + MOST_BYTES + " bytes in base64",
        secret.length + " bytes");
    return new LinkKey(id, secret);
  }

  /**
   * A key that dies with the process, and all links with it: for tests, and for trying things out.
   */
  public static LinkKey random() {
    SecureRandom random = new SecureRandom();
    byte[] secret = new byte[FEWEST_BYTES];
    random.nextBytes(secret);
    byte[] id = new byte[6];
    random.nextBytes(id);
    return new LinkKey(Base64.getUrlEncoder().withoutPadding().encodeToString(id), secret);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) { // its message quotes a character of the secret
      return new byte[0];
    }
  }

  /** Tells keys apart; no secret. */
  public String id() {
    return id;
  }

  /** HMAC-SHA256 of a text with the secret, 32 bytes. */
  public byte[] hmac(byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "LinkKey[" + id + "]";
  }
}
