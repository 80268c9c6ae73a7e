package io.trigrun.internal.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.secret.Ciphertext;
import io.trigrun.secret.NoCipherException;
import io.trigrun.secret.SecretCipher;
import io.trigrun.secret.SecretContext;
import io.trigrun.secret.SecretUnavailableException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's cipher for texts, if it has one, and what to say if not. */
record Ciphers(Optional<SecretCipher> chosen) {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.secrets");
  private static final String FIX =
      "; give one with TrigRunBuilder.secrets(SecretCipher.aesGcm(KeyRing.of(id, key)))";

  /**
   * @throws NoCipherException if there is none
   */
  SecretCipher required() {
    return chosen.orElseThrow(
        () -> new NoCipherException("expected a cipher to keep secrets with, got none" + FIX));
  }

  Ciphertext encrypt(String value, SecretContext context) {
    SecretCipher cipher = required();
    byte[] plaintext = value.getBytes(UTF_8);
    try {
      return cipher.encrypt(plaintext, context);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /**
   * @throws SecretUnavailableException if it can't, for whatever reason
   */
  String decrypt(Ciphertext ciphertext, SecretContext context) {
    SecretCipher cipher =
        chosen.orElseThrow(
            () ->
                SecretUnavailableException.permanent(
                    "secret "
                        + context.name()
                        + ": expected a cipher on this node to decrypt it with, got none"
                        + FIX));
    byte[] plaintext = decrypt(cipher, ciphertext, context);
    try {
      return new String(plaintext, UTF_8);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private static byte[] decrypt(SecretCipher cipher, Ciphertext ciphertext, SecretContext context) {
    try {
      return cipher.decrypt(ciphertext, context);
    } catch (SecretUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      // What it says may hold anything, so only its kind is told.
      String kind = e.getClass().getName();
      LOG.warn("The cipher failed to decrypt secret {}: {}", context.name(), kind);
      throw SecretUnavailableException.temporary(
          "secret " + context.name() + ": the cipher failed with " + kind);
    }
  }
}
