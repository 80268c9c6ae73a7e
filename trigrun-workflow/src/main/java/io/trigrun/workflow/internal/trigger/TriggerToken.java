package io.trigrun.workflow.internal.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The tokens of addresses: 256 random bits behind a prefix that scanners for leaked secrets know
 * them by. The store keeps their SHA-256 only, and finds them by it, so that neither what is in the
 * database nor how long a search takes says anything about a token.
 */
final class TriggerToken {

  private static final String PREFIX = "trg_";
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private TriggerToken() {}

  static String issue() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String hash(String token) {
    return HexFormat.of().formatHex(Digests.sha256(token.getBytes(UTF_8)));
  }
}
