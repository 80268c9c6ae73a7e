package io.trigrun.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trigrun.notify.internal.Beginning;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a channel is called that a file has made of an address: {@code webhook webhook.site
 * 3c5d0a1b92ef (schedule.yaml)}. Always the same for the same address; tells nothing of the address
 * but its host.
 */
final class FileHookName {

  private static final int DIGITS = 12;
  private static final int LONGEST_HOST = 40;
  private static final int LONGEST_FILE = 25;

  private FileHookName() {}

  static String of(String key, String url, String file) {
    String kind = key.replace("notify_", "").replace("_webhook", "");
    return "%s %s %s (%s)"
        .formatted(
            kind,
            Beginning.of(host(url), LONGEST_HOST),
            digest(key, url, file),
            Beginning.of(file, LONGEST_FILE));
  }

  private static String host(String url) {
    if (url.startsWith(KeptSecret.Named.SCHEME)) {
      return url; // the name of a secret is none
    }
    try {
      return Optional.ofNullable(URI.create(url).getHost()).orElse("nowhere");
    } catch (IllegalArgumentException e) { // then it is refused, anyway
      return "nowhere";
    }
  }

  private static String digest(String... parts) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(String.join("\n", parts).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) { // every JVM has it
      throw new IllegalStateException(e);
    }
  }
}
