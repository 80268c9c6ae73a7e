package io.trigrun.signing;

import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** A key of Standard Webhooks. */
sealed interface StandardKey {

  /** Known to both sides. */
  record Shared(SecretKeySpec key) implements StandardKey {}

  /** Known to the sender, or its public half to anybody. */
  record Pair(Ed25519 key) implements StandardKey {}

  /** Decodes a secret; padding may be left out. Empty if it is no key of Standard Webhooks. */
  static Optional<StandardKey> of(String secret) {
    return bytes(secret, "whsec_", 24, 64)
        .<StandardKey>map(bytes -> new Shared(Hmac.key(bytes)))
        .or(() -> bytes(secret, "whsk_", 64, 64).flatMap(Ed25519::pair).map(Pair::new))
        .or(() -> bytes(secret, "whpk_", 32, 32).flatMap(Ed25519::publicKey).map(Pair::new));
  }

  private static Optional<byte[]> bytes(String secret, String prefix, int least, int most) {
    if (!secret.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(secret.substring(prefix.length()));
      return bytes.length >= least && bytes.length <= most ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) { // its message quotes a character of the secret
      return Optional.empty();
    }
  }

  /** Whether it can sign, not only verify. */
  default boolean signs() {
    return !(this instanceof Pair pair) || pair.key().privateKey().isPresent();
  }
}
