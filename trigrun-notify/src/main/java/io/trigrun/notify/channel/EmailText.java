package io.trigrun.notify.channel;

/**
 * Makes texts of others harmless in mail. Mail programs turn what looks like an address into a
 * link, in plain text as well; an invisible character (U+200C) within the address prevents that.
 */
final class EmailText {

  private static final char BREAK = '\u200c';

  private EmailText() {}

  /** Breaks up whatever a mail program may take for a link. */
  static String withoutLinks(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      result.append(c);
      boolean more = i + 1 < text.length() && !Character.isWhitespace(text.charAt(i + 1));
      if (more && (c == '@' || isDotOfName(text, i) || isColonOfLink(text, i))) {
        result.append(BREAK);
      }
    }
    return result.toString();
  }

  /** Not the dot of a number, which is to stay one. */
  private static boolean isDotOfName(String text, int at) {
    return ".\u3002\uff0e\uff61".indexOf(text.charAt(at)) >= 0
        && !Character.isDigit(text.charAt(at + 1));
  }

  private static boolean isColonOfLink(String text, int at) {
    return text.charAt(at) == ':'
        && at > 0
        && Character.isLetter(text.charAt(at - 1))
        && text.charAt(at + 1) != '\n';
  }
}
