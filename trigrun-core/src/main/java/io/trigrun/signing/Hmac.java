package io.trigrun.signing;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256. */
final class Hmac {

  private static final String NAME = "HmacSHA256";

  private Hmac() {}

  static SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, NAME);
  }

  /** Of one text after the other. */
  static byte[] of(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(key);
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + NAME, e);
    }
  }

  static byte[] of(SecretKeySpec key, byte[] body) {
    return of(key, new byte[0], body);
  }

  /** Whether two lists have one in common; compares all with all, each pair in constant time. */
  static boolean anyEqual(List<byte[]> expected, List<byte[]> actual) {
    boolean found = false;
    for (byte[] one : expected) {
      for (byte[] other : actual) {
        found |= MessageDigest.isEqual(one, other);
      }
    }
    return found;
  }
}
