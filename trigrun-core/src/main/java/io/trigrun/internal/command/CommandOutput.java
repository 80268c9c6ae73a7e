package io.trigrun.internal.command;

import io.trigrun.http.BodyPreview;
import io.trigrun.secret.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a command writes, in bounded memory: all of it up to 64 KB, else the beginning, where it
 * says what it does, and the end, where it says what went wrong.
 */
final class CommandOutput {

  private static final int MOST = BodyPreview.MAX_BYTES;
  private static final int BEGINNING = 16 * 1024;

  /** So much of the end that the note between the two fits in as well. */
  private static final int END = MOST - BEGINNING - 128;

  private static final int PROBE = 1024;

  /** How many times as long as itself a secret may be written, with an HTML entity for a sign. */
  private static final int FORMS = 6;

  private final Redaction redaction;

  /** In bytes, and in any form: so much at the beginning of the end may be the rest of a secret. */
  private final int longestSecret;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] tail = new byte[END];
  private long total;

  /**
   * @param secrets what must not be kept
   */
  CommandOutput(List<String> secrets) {
    this.redaction = Redaction.of(secrets);
    this.longestSecret = secrets.stream().mapToInt(secret -> FORMS * bytes(secret)).max().orElse(0);
  }

  void add(byte[] bytes, int count) {
    int toHead = Math.min(count, MOST - head.size());
    head.write(bytes, 0, toHead);
    for (int i = toHead; i < count; i++) {
      tail[(int) ((total + i - MOST) % END)] = bytes[i];
    }
    total += count;
  }

  /** At most 64 KB of UTF-8 that any store can hold; empty if nothing was written. */
  Optional<String> text() {
    if (total == 0) {
      return Optional.empty();
    }
    if (isBinary()) {
      return Optional.of("<binary, " + total + " bytes>");
    }
    String first = clean(head.toByteArray());
    String last = total <= MOST ? first : clean(ending());
    if (total <= MOST && bytes(first) <= MOST) {
      return Optional.of(first);
    }
    return Optional.of(
        BodyPreview.cut(first, BEGINNING)
            + String.format(Locale.ROOT, "\n[... left out; %,d bytes in all ...]\n", total)
            + lastOf(last, END));
  }

  private boolean isBinary() {
    byte[] first = head.toByteArray();
    for (int i = 0; i < Math.min(first.length, PROBE); i++) {
      if (first[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** The last bytes, from the beginning of a character. */
  private byte[] ending() {
    long beyond = total - MOST;
    byte[] first = head.toByteArray();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (beyond < END) {
      bytes.write(first, BEGINNING, MOST - BEGINNING);
      bytes.write(tail, 0, (int) beyond);
    } else {
      int start = (int) (beyond % END);
      bytes.write(tail, start, END - start);
      bytes.write(tail, 0, start);
    }
    byte[] last = bytes.toByteArray();
    int from = Math.min(longestSecret, last.length);
    while (from < last.length && (last[from] & 0xC0) == 0x80) {
      from++;
    }
    return from == 0 ? last : java.util.Arrays.copyOfRange(last, from, last.length);
  }

  private String clean(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return BodyPreview.cut(redaction.apply(text), Integer.MAX_VALUE);
  }

  /** The longest end of a text that takes at most so many bytes. */
  private static String lastOf(String text, int most) {
    int from = text.length();
    int bytes = 0;
    while (from > 0) {
      int point = text.codePointBefore(from);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > most) {
        break;
      }
      from -= Character.charCount(point);
    }
    return text.substring(from);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
