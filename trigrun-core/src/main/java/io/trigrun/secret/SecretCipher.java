package io.trigrun.secret;

/**
 * Makes values unreadable at rest. {@link #aesGcm} is the default; write your own where keys live
 * in a key management service or a hardware module. Must be safe for use by many threads.
 *
 * <p>{@link #decrypt} is called for each request that needs a secret, on the thread that is about
 * to send it: a cipher that calls a remote service should keep the data key it got from there.
 */
public interface SecretCipher {

  /**
   * Encrypts a value with the key {@link #keyId()}. Two calls with the same value must not give the
   * same text.
   *
   * @param plaintext the caller's: neither kept nor changed
   * @param context what {@link #decrypt} must be given again
   */
  Ciphertext encrypt(byte[] plaintext, SecretContext context);

  /**
   * The value again, in an array that the caller may overwrite.
   *
   * @throws SecretUnavailableException {@linkplain SecretUnavailableException#permanent for good}
   *     if the key is not known, the ciphertext was changed, or it was made for another context;
   *     {@linkplain SecretUnavailableException#temporary for now} if the same call may succeed
   *     later. Anything else that is thrown counts as the latter
   */
  byte[] decrypt(Ciphertext ciphertext, SecretContext context);

  /** The key that {@link #encrypt} uses now: {@code reencryptSecrets} leaves alone what has it. */
  String keyId();

  /**
   * AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a random nonce of 12 bytes for each value
   * and a tag of 16 bytes. The context and the key's id are bound in.
   */
  static SecretCipher aesGcm(KeyRing keys) {
    return new AesGcmCipher(keys);
  }
}
