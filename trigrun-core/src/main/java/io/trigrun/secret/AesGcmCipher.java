package io.trigrun.secret;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM. A text is the Base64 of version (1 byte), nonce (12), ciphertext and tag (16); the
 * version, the key's id and the context are the associated data.
 */
final class AesGcmCipher implements SecretCipher {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  AesGcmCipher(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public String keyId() {
    return keys.encryptsWith();
  }

  @Override
  public Ciphertext encrypt(byte[] plaintext, SecretContext context) {
    String keyId = keyId();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key(keyId, context), nonce, associated(keyId, context))
              .doFinal(plaintext);
      byte[] text =
          ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
              .put(VERSION)
              .put(nonce)
              .put(sealed)
              .array();
      return new Ciphertext(keyId, Base64.getEncoder().encodeToString(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected a Java platform with AES-256-GCM", e);
    }
  }

  @Override
  public byte[] decrypt(Ciphertext ciphertext, SecretContext context) {
    SecretKey key = key(ciphertext.keyId(), context);
    byte[] text = decode(ciphertext, context);
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(text, 1, NONCE_BYTES).get(nonce);
    int start = 1 + NONCE_BYTES;
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, associated(ciphertext.keyId(), context))
          .doFinal(text, start, text.length - start);
    } catch (AEADBadTagException e) {
      throw changed(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected a Java platform with AES-256-GCM", e);
    }
  }

  private static byte[] decode(Ciphertext ciphertext, SecretContext context) {
    byte[] text;
    try {
      text = Base64.getDecoder().decode(ciphertext.text());
    } catch (IllegalArgumentException e) {
      throw changed(context);
    }
    boolean isCanonical = Base64.getEncoder().encodeToString(text).equals(ciphertext.text());
    if (!isCanonical || text.length < 1 + NONCE_BYTES + TAG_BYTES || text[0] != VERSION) {
      throw changed(context);
    }
    return text;
  }

  private SecretKey key(String keyId, SecretContext context) {
    return keys.key(keyId)
        .orElseThrow(
            () ->
                SecretUnavailableException.permanent(
                    "secret "
                        + context.name()
                        + ": expected a key named "
                        + keyId
                        + " to decrypt it, this node has "
                        + keys.keyIds()
                        + "; add that key to the KeyRing, or save the secret again"));
  }

  private static SecretUnavailableException changed(SecretContext context) {
    return SecretUnavailableException.permanent(
        "secret "
            + context.name()
            + ": expected it as it was stored, got one that was changed, moved here from elsewhere,"
            + " or encrypted with another key of the same id; save the secret again");
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(TRANSFORMATION);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  private static byte[] associated(String keyId, SecretContext context) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    SecretContext.append(bytes, keyId);
    bytes.writeBytes(context.bytes());
    return bytes.toByteArray();
  }
}
