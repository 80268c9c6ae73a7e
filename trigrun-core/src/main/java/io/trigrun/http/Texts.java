package io.trigrun.http;

/** Makes foreign text fit for a message: short, on one line, storable. */
final class Texts {
  static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** At most {@code max} UTF-16 units, never half a surrogate pair, control characters replaced. */
  static String cut(String text, int max) {
    String shown = text;
    if (text.length() > max) {
      int end = max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
      shown = text.substring(0, end) + "...";
    }
    StringBuilder clean = new StringBuilder(shown.length());
    shown.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
    return clean.toString();
  }

  /** Quoted and cut to 80 characters, for the "got" half of a message. */
  static String quoted(String text) {
    return '"' + cut(text, 80) + '"';
  }
}
