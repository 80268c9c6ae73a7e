package io.trigrun.notify.provider;

/** Makes any text fit for a {@link Notice}. */
final class NoticeWords {

  private static final int LONGEST_TITLE = 250;
  private static final int LONGEST_TEXT = 4_096;

  private NoticeWords() {}

  /** One line of at most 250 characters. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> breaksLine(c) ? ' ' : c).forEach(line::appendCodePoint);
    return cut(line.toString().strip(), LONGEST_TITLE);
  }

  /** At most 4,096 characters. */
  static String text(String text) {
    return cut(text, LONGEST_TEXT);
  }

  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
