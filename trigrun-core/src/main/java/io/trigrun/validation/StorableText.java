package io.trigrun.validation;

import java.util.List;
import java.util.Optional;

/**
 * Text that every store can hold, and gives back as it was: without U+0000, which PostgreSQL has no
 * place for, and without unpaired surrogates, which are no characters and become question marks in
 * UTF-8. What is data is refused when it is not storable; what is prose is made so.
 */
public final class StorableText {

  private static final String EXPECTED =
      "no U+0000 and no unpaired surrogate (remove or encode it)";

  private static final char REPLACEMENT = '\uFFFD';
  private static final int NONE = -1;

  private StorableText() {}

  /** Whether every store can hold it. */
  public static boolean isStorable(CharSequence text) {
    return firstBad(text, 0) == NONE;
  }

  /** The same text with U+FFFD in the place of all that no store can hold. */
  public static String of(String text) {
    int bad = firstBad(text, 0);
    if (bad == NONE) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    while (bad != NONE) {
      clean.setCharAt(bad, REPLACEMENT);
      bad = firstBad(text, bad + 1);
    }
    return clean.toString();
  }

  /**
   * What is wrong, unless every store can hold the text. Says where the fault is, and not what
   * stands around it.
   */
  public static Optional<Problem> problem(String text, String field) {
    int bad = firstBad(text, 0);
    return bad == NONE
        ? Optional.empty()
        : Optional.of(new Problem(field, EXPECTED, fault(text, bad)));
  }

  /**
   * Checks one text by itself.
   *
   * @throws ValidationException if a store could not hold it
   */
  public static void require(String text, String field) {
    problem(text, field)
        .ifPresent(
            found -> {
              throw new ValidationException(List.of(found));
            });
  }

  /** What is wrong with a text that is not storable, and where. */
  private static String fault(String text, int at) {
    return "U+%04X at index %d of %d".formatted((int) text.charAt(at), at, text.length());
  }

  private static int firstBad(CharSequence text, int from) {
    int i = from;
    while (i < text.length()) {
      char here = text.charAt(i);
      if (here == 0 || Character.isLowSurrogate(here)) {
        return i;
      }
      if (Character.isHighSurrogate(here)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
      i++;
    }
    return NONE;
  }
}
