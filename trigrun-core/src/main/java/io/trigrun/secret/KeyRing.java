package io.trigrun.secret;

import io.trigrun.validation.Problem;
import io.trigrun.validation.Problems;
import io.trigrun.validation.ValidationException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys with names: the first one encrypts, all of them decrypt. Immutable; {@link #toString} shows
 * the names only.
 *
 * <p>A key is 32 bytes in Base64, as {@link #generateKey()} makes them. Its id is 1 to 64 letters,
 * digits, dots, dashes and underscores, is stored beside each value, and must never be given to
 * another key.
 */
public final class KeyRing {

  private static final int KEY_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Map<String, SecretKey> keys;

  private KeyRing(Map<String, SecretKey> keys) {
    this.keys = Collections.unmodifiableMap(keys);
  }

  /** A new random key. Keep it where the database's backups are not. */
  public static String generateKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /**
   * A ring with one key, which encrypts.
   *
   * @throws ValidationException naming {@code key_id} or {@code key}; it does not show the key
   */
  public static KeyRing of(String keyId, String key) {
    return new KeyRing(new LinkedHashMap<>()).alsoDecrypts(keyId, key);
  }

  /**
   * This ring with one more key, for what was encrypted with it.
   *
   * @throws ValidationException naming {@code key_id} or {@code key}; it does not show the key
   */
  public KeyRing alsoDecrypts(String keyId, String key) {
    // A key that was put where the id belongs must not be shown either.
    Problems.require(
        ID.matcher(keyId).matches() && decode(keyId).isEmpty(),
        "key_id",
        "1 to 64 letters, digits, dots, dashes and underscores",
        keyId.length() + " characters that are none");
    Problems.require(!keys.containsKey(keyId), "key_id", "each key id once", "another " + keyId);
    byte[] bytes =
        decode(key)
            .orElseThrow(
                () ->
                    new ValidationException(
                        List.of(
                            new Problem(
                                "key",
                                "32 bytes in Base64 (44 characters; KeyRing.generateKey() makes one)",
                                key.length() + " characters that are none"))));
    Map<String, SecretKey> more = new LinkedHashMap<>(keys);
    more.put(keyId, new SecretKeySpec(bytes, "AES"));
    Arrays.fill(bytes, (byte) 0);
    return new KeyRing(more);
  }

  /**
   * A ring from one text, as a host finds it in its configuration: {@code id:key} pairs, separated
   * by commas or white space, the one that encrypts first.
   *
   * @throws ValidationException naming {@code keys}, {@code key_id} or {@code key}; it shows no key
   */
  public static KeyRing parse(String text) {
    KeyRing ring = new KeyRing(new LinkedHashMap<>());
    for (String pair : text.strip().split("[,\\s]+", -1)) {
      int colon = pair.indexOf(':');
      Problems.require(
          colon > 0,
          "keys",
          "id:key pairs, separated by commas or white space",
          pair.isEmpty() ? "none" : "a part of " + pair.length() + " characters without an id");
      ring = ring.alsoDecrypts(pair.substring(0, colon), pair.substring(colon + 1));
    }
    return ring;
  }

  /** Either alphabet, with or without padding. */
  private static Optional<byte[]> decode(String key) {
    try {
      byte[] bytes = Base64.getDecoder().decode(key.strip().replace('-', '+').replace('_', '/'));
      return Optional.of(bytes).filter(found -> found.length == KEY_BYTES);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The id of the key that encrypts. */
  public String encryptsWith() {
    return keyIds().get(0);
  }

  /** The ids of all keys, the one that encrypts first. */
  public List<String> keyIds() {
    return List.copyOf(keys.keySet());
  }

  Optional<SecretKey> key(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  @Override
  public String toString() {
    return "KeyRing" + keys.keySet();
  }
}
