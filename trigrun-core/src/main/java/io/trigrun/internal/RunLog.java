package io.trigrun.internal;

import io.trigrun.validation.StorableText;
import java.util.Optional;

/**
 * What a handler logs: the first 64 KB of it in UTF-8, cut on a character. What no store can hold
 * becomes U+FFFD.
 */
final class RunLog {

  private static final int LIMIT = 64 * 1024;

  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private boolean full;

  synchronized void add(String line) {
    String next = StorableText.of((text.isEmpty() ? "" : "\n") + line);
    int i = 0;
    while (i < next.length() && !full) {
      int character = next.codePointAt(i);
      int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes + size > LIMIT) {
        full = true;
      } else {
        text.appendCodePoint(character);
        bytes += size;
        i += Character.charCount(character);
      }
    }
  }

  synchronized Optional<String> text() {
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }
}
