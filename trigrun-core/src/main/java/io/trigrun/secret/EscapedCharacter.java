package io.trigrun.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntConsumer;

/**
 * One character as it stands, or as it is escaped in URLs (RFC 3986 2.1, and {@code +} for a
 * space), in JSON (RFC 8259 7) or in HTML.
 */
final class EscapedCharacter {

  /** What an escape may begin with. */
  static final String LEADS = "%+\\&";

  private static final int[] NAMED = {'&', '<', '>', '"', '\''};
  private static final String[] NAMES = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};

  private static final int LONGEST_ENTITY = 12;

  private EscapedCharacter() {}

  /** Tells where the character that begins at a place ends, in each reading that makes it this. */
  static void ends(String text, int at, int point, IntConsumer ends) {
    if (at >= text.length()) {
      return;
    }
    if (text.codePointAt(at) == point) {
      ends.accept(at + Character.charCount(point));
    }
    int escaped =
        switch (text.charAt(at)) {
          case '%' -> percentEnd(text, at, point);
          case '\\' -> backslashEnd(text, at, point);
          case '&' -> entityEnd(text, at, point);
          case '+' -> point == ' ' ? at + 1 : -1;
          default -> -1;
        };
    if (escaped > at) {
      ends.accept(escaped);
    }
  }

  private static int percentEnd(String text, int at, int point) {
    int place = at;
    for (byte unit : Character.toString(point).getBytes(UTF_8)) {
      if (place >= text.length()
          || text.charAt(place) != '%'
          || hex(text, place + 1, 2) != Byte.toUnsignedInt(unit)) {
        return -1;
      }
      place += 3;
    }
    return place;
  }

  private static int backslashEnd(String text, int at, int point) {
    if (at + 1 >= text.length()) {
      return -1;
    }
    char escaped = text.charAt(at + 1);
    if (escaped == 'u') {
      int place = at;
      for (char unit : Character.toChars(point)) {
        if (!text.startsWith("\\u", place) || hex(text, place + 2, 4) != unit) {
          return -1;
        }
        place += 6;
      }
      return place;
    }
    int meant =
        switch (escaped) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case '"', '\'', '\\', '/' -> escaped;
          default -> -1;
        };
    return meant == point ? at + 2 : -1;
  }

  private static int entityEnd(String text, int at, int point) {
    for (int i = 0; i < NAMED.length; i++) {
      if (NAMED[i] == point && text.startsWith(NAMES[i], at)) {
        return at + NAMES[i].length();
      }
    }
    int end = at + 2;
    while (end < text.length() && end < at + LONGEST_ENTITY && text.charAt(end) != ';') {
      end++;
    }
    if (!text.startsWith("&#", at) || end == text.length() || text.charAt(end) != ';') {
      return -1;
    }
    boolean isHex = text.regionMatches(true, at + 2, "x", 0, 1);
    int start = at + (isHex ? 3 : 2);
    try {
      int number = Integer.parseInt(text, start, end, isHex ? 16 : 10);
      return number == point ? end + 1 : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** So many hexadecimal digits as a number, or -1. */
  private static int hex(String text, int at, int digits) {
    if (at + digits > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      number = number * 16 + digit;
    }
    return number;
  }
}
