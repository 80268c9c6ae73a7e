package io.trigrun.notify.internal;

/** A text in one line: what breaks lines or moves a cursor becomes a blank, at the ends nothing. */
public final class OneLine {

  private OneLine() {}

  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(c -> breaksLine(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString().strip();
  }

  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
