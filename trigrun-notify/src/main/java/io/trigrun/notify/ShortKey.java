package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of any length, as short as parts of the keys of executions have to be. */
final class ShortKey {

  private static final int LONGEST_PLAIN = 100;

  private ShortKey() {}

  /** At most 129 characters; no two names have the same. */
  static String of(String name) {
    return name.length() <= LONGEST_PLAIN ? name : "#" + digest(name);
  }

  /** Longer by itself than any name that is taken as it is: they can't be mistaken. */
  private static String digest(String name) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(name.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) { // every JVM has it
      throw new IllegalStateException(e);
    }
  }
}
