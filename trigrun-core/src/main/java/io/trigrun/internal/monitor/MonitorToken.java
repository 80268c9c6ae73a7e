package io.trigrun.internal.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The tokens that ping monitors: 192 random bits. The store keeps their SHA-256 only; with that
 * much chance in them no slower hash is needed.
 */
public final class MonitorToken {

  private static final String PREFIX = "mping_";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private MonitorToken() {}

  public static String issue() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether it can be one: what can't is not worth a question to the store. */
  static boolean isPossible(String token) {
    return FORM.matcher(token).matches();
  }

  static String hash(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256, which every JVM has", e);
    }
  }
}
