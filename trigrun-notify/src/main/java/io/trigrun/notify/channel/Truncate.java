package io.trigrun.notify.channel;

import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Cuts texts to what a medium holds and says how much is missing: {@code a long … (1,234 more
 * characters)}. Cuts lie between characters as people see them, not inside a surrogate pair, a
 * letter and its accents or an emoji of several parts.
 */
final class Truncate {

  private static final int LONGEST_STEP_BACK = 32; // a character of more parts is a prank
  private static final int JOINER = 0x200D;

  private Truncate() {}

  /** The text, or as much of its beginning as fits with a note; at most so many chars of UTF-16. */
  static String to(String text, int most) {
    return to(text, most, String::length);
  }

  /**
   * The same where a text takes another size than its own once it is escaped.
   *
   * @param most the size of the result, by {@code size}
   * @param size of a text; a text is not smaller than its beginning
   */
  static String to(String text, int most, ToIntFunction<String> size) {
    if (size.applyAsInt(text) <= most) {
      return text;
    }
    int low = 0; // what fits, or nothing does
    int high = text.length();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (size.applyAsInt(cut(text, middle)) <= most) {
        low = middle;
      } else {
        high = middle;
      }
    }
    for (int end = boundary(text, low); end > 0; end = boundary(text, end - 1)) {
      String cut = cut(text, end);
      if (size.applyAsInt(cut) <= most) { // the note may have become longer on the way back
        return cut;
      }
    }
    String mark = "…";
    return size.applyAsInt(mark) <= most ? mark : "";
  }

  private static String cut(String text, int end) {
    int whole = splitsPair(text, end) ? end - 1 : end;
    int missing = text.codePointCount(whole, text.length());
    return String.format(
        Locale.ROOT,
        "%s… (%,d more %s)",
        text.substring(0, whole),
        missing,
        missing == 1 ? "character" : "characters");
  }

  /** The nearest place at or before this one where a character ends. */
  private static int boundary(String text, int at) {
    int end = splitsPair(text, at) ? at - 1 : at;
    int place = end;
    while (place > 0 && end - place < LONGEST_STEP_BACK && joins(text, place)) {
      place -= Character.charCount(text.codePointBefore(place));
    }
    return joins(text, place) && place > 0 ? end : place;
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  /** Whether what stands before and after this place is one character to people. */
  private static boolean joins(String text, int at) {
    if (at <= 0 || at >= text.length()) {
      return false;
    }
    int before = text.codePointBefore(at);
    int after = text.codePointAt(at);
    return before == JOINER
        || after == JOINER
        || isMark(after)
        || (before == '\r' && after == '\n')
        || (isFlagLetter(after) && flagLettersBefore(text, at) % 2 == 1);
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || (point >= 0x1F3FB && point <= 0x1F3FF) // skin tones
        || (point >= 0xE0020 && point <= 0xE007F); // tags of flags
  }

  private static boolean isFlagLetter(int point) {
    return point >= 0x1F1E6 && point <= 0x1F1FF;
  }

  private static int flagLettersBefore(String text, int at) {
    int count = 0;
    for (int i = at; i > 0 && isFlagLetter(text.codePointBefore(i)); i -= 2) {
      count++;
    }
    return count;
  }
}
