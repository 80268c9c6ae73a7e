package io.trigrun.notify.internal;

/** The beginning of a text, never with half a surrogate pair at its end. */
public final class Beginning {

  private Beginning() {}

  /** At most so many chars of UTF-16. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  /** As {@link #of}; an ellipsis says that something is missing. */
  public static String marked(String text, int most) {
    return text.length() <= most ? text : of(text, most - 1) + "…";
  }
}
