package io.trigrun.examples.cli;

/** Texts from elsewhere, measured in the cells of a terminal and kept from moving its cursor. */
final class Cells {

  private static final String MORE = "…";

  /** First and last code points of what takes two cells: East Asian scripts and pictures. */
  private static final int[][] WIDE = {
    {0x1100, 0x115f},
    {0x231a, 0x231b},
    {0x23e9, 0x23ec},
    {0x2614, 0x2615},
    {0x26a1, 0x26a1},
    {0x2705, 0x2705},
    {0x274c, 0x274e},
    {0x2753, 0x2757},
    {0x2e80, 0x303e},
    {0x3041, 0xa4cf},
    {0xa960, 0xa97f},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff01, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff},
    {0x1fa70, 0x1faff},
    {0x20000, 0x3fffd}
  };

  private Cells() {}

  /** Controls, signs that turn the direction of reading, halves of characters. */
  static boolean isUnseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** On one line, without what nobody sees. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            each -> {
              if (Character.isWhitespace(each) || Character.isSpaceChar(each)) {
                clean.append(' ');
              } else if (!isUnseen(each) && Character.getType(each) != Character.SURROGATE) {
                clean.appendCodePoint(each);
              }
            });
    return clean.toString();
  }

  static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The beginning, if it is wider. */
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = width(MORE);
    for (int each : text.codePoints().toArray()) {
      used += width(each);
      if (used > width) {
        break;
      }
      cut.appendCodePoint(each);
    }
    return cut.append(MORE).toString();
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }
}
