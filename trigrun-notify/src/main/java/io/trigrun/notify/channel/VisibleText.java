package io.trigrun.notify.channel;

import java.util.Optional;

/**
 * Text as it may be shown to people: without characters that move a cursor, reverse the direction
 * of reading or break a parser. They are replaced by U+FFFD, so that one sees that something was
 * there; all kinds of line breaks become a line feed.
 */
final class VisibleText {

  private static final int REPLACEMENT = 0xFFFD;

  private VisibleText() {}

  /** Text of any number of lines; tabs stay. */
  static String lines(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (isLineBreak(point)) {
        visible.append('\n');
        i += point == '\r' && i < text.length() && text.charAt(i) == '\n' ? 1 : 0;
      } else {
        visible.appendCodePoint(isHarmless(point) ? point : REPLACEMENT);
      }
    }
    return visible.toString();
  }

  /** The same; empty if there is nothing to be seen. */
  static Optional<String> lines(Optional<String> text) {
    return text.map(VisibleText::lines).filter(lines -> !isBlank(lines));
  }

  /** The text in one line, without blanks around it. */
  static String line(String text) {
    return lines(text).replace('\n', ' ').replace('\t', ' ').strip();
  }

  /** A dash instead of nothing that could be seen: media refuse empty texts. */
  static String orDash(String text) {
    return isBlank(text) ? "–" : text;
  }

  /** Whether there is nothing to be seen. */
  static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(
            point ->
                Character.isWhitespace(point)
                    || Character.isSpaceChar(point)
                    || Character.getType(point) == Character.FORMAT);
  }

  private static boolean isLineBreak(int point) {
    return switch (point) {
      case '\n', '\r', 0x0B, 0x0C, 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  private static boolean isHarmless(int point) {
    boolean noncharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return !noncharacter
        && !surrogate
        && !isDirection(point)
        && (point == '\t' || !Character.isISOControl(point));
  }

  /** Marks, embeddings, overrides and isolates of the bidirectional algorithm. */
  private static boolean isDirection(int point) {
    return point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
