package io.trigrun.http;

import io.trigrun.secret.Redaction;
import io.trigrun.validation.Problems;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an attempt keeps of a body: text of at most 64 KB, cut between characters (row S7).
 *
 * <p>Every store can hold it: NUL and unpaired surrogates become U+FFFD. Bodies that are not text
 * are described instead: {@code <binary, 123 bytes>}.
 */
public final class BodyPreview {

  /** 65,536 bytes of UTF-8. */
  public static final int MAX_BYTES = 65_536;

  private static final Pattern BINARY_TYPE =
      Pattern.compile(
          "(image/(?!svg)|audio/|video/|font/|application/(octet-stream|pdf|zip|gzip|x-gzip|x-tar"
              + "|protobuf|x-protobuf|grpc|vnd\\.openxmlformats)).*",
          Pattern.DOTALL);

  private BodyPreview() {}

  /** The preview of an answer's body. */
  public static String of(HttpReply reply) {
    return of(reply, Redaction.none());
  }

  /** As {@link #of(HttpReply)}, without the secrets that the answer may repeat. */
  public static String of(HttpReply reply, Redaction redaction) {
    if (isBinary(reply)) {
      String atLeast = reply.truncated() ? "more than " : "";
      return "<binary, " + atLeast + reply.bytes().length + " bytes>";
    }
    // No charset needs more than 4 bytes a character, and each character is a byte or more here.
    int decoded = 4 * MAX_BYTES;
    String text = BodyText.decode(reply, decoded);
    // Before the cut, which could leave a half that nobody would recognise.
    boolean isCut = reply.truncated() || reply.bytes().length > decoded;
    return cut(isCut ? redaction.applyToBeginning(text) : redaction.apply(text), MAX_BYTES);
  }

  /**
   * The longest beginning of the text that takes at most this many bytes of UTF-8 and ends between
   * characters.
   *
   * @throws io.trigrun.validation.ValidationException for a negative limit
   */
  public static String cut(String text, int maxBytes) {
    Problems.require(maxBytes >= 0, "max_bytes", "0 or more", maxBytes);
    StringBuilder kept = new StringBuilder(Math.min(text.length(), maxBytes));
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int stored = storable(point);
      bytes += utf8Length(stored);
      if (bytes > maxBytes) {
        break;
      }
      kept.appendCodePoint(stored);
    }
    return kept.toString();
  }

  private static int storable(int point) {
    boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return lone || point == 0 ? Texts.REPLACEMENT : point;
  }

  private static int utf8Length(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point < 0x800) {
      return 2;
    }
    return point < 0x10000 ? 3 : 4;
  }

  static boolean isBinary(HttpReply reply) {
    if (reply.bytes().length == 0) {
      return false;
    }
    String type = reply.header("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
    String encoding = reply.header("content-encoding").orElse("identity").strip();
    return !encoding.equalsIgnoreCase("identity")
        || BINARY_TYPE.matcher(type).matches()
        || (type.isEmpty() && holdsNul(reply.bytes()));
  }

  private static boolean holdsNul(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 1024); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
