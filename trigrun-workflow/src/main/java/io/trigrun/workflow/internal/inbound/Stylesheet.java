package io.trigrun.workflow.internal.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The style of the pages, which stands in each, and its hash, without which no browser takes it.
 */
final class Stylesheet {

  static final String CSS = load("review.css");
  static final String CSP_HASH = "sha256-" + sha256(CSS);

  private Stylesheet() {}

  private static String load(String name) {
    try (InputStream in =
        Objects.requireNonNull(Stylesheet.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8).replace("\r", "").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
