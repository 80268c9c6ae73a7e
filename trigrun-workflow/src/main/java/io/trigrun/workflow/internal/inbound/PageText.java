package io.trigrun.workflow.internal.inbound;

/**
 * Makes any text fit to be shown among others: what turns the direction of writing or is invisible
 * is replaced by U+FFFD, line breaks of all kinds are one kind, and what is too long is cut.
 */
final class PageText {

  static final int LONGEST_TITLE = 200;
  static final int LONGEST_NAME = 200;
  static final int LONGEST_FIELD_NAME = 100;
  static final int LONGEST_FIELD = 2_000;
  static final int LONGEST_MESSAGE = 10_000;
  static final int LONGEST_SENTENCE = 1_000;

  private static final int REPLACEMENT = 0xFFFD;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private PageText() {}

  /**
   * @param longest in characters, without what says that there was more
   */
  static String of(String text, int longest) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), longest) + 40);
    int kept = 0;
    int i = 0;
    while (i < text.length() && kept < longest) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '\r' && i < text.length() && text.charAt(i) == '\n') {
        continue;
      }
      shown.appendCodePoint(shown(point));
      kept++;
    }
    if (i < text.length()) {
      shown.append(
          "… (cut: %,d of %,d characters)".formatted(kept, text.codePointCount(0, text.length())));
    }
    return shown.toString();
  }

  private static int shown(int point) {
    return switch (point) {
      case '\n', '\t', ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER -> point;
      case '\r', 0x85, 0x2028, 0x2029 -> '\n';
      default -> isPlain(point) ? point : REPLACEMENT;
    };
  }

  private static boolean isPlain(int point) {
    boolean isNoncharacter = (point & 0xFFFE) == 0xFFFE;
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> !isNoncharacter;
    };
  }
}
