package io.trigrun.http;

import io.trigrun.validation.Problems;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions that can't run away. The matcher reads its text through a budget of steps, so
 * a backtracking search ends after the same amount of work on each machine, without a clock.
 */
final class BoundedRegex {
  static final int MAX_LENGTH = 1_000;

  /** About a tenth of a second; a plain search of a mebibyte needs a tenth of it. */
  private static final int STEPS = 20_000_000;

  /** Nested counted repeats of nothing read no text: bound their product. */
  private static final long MAX_REPEATS = 1_000_000;

  private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private BoundedRegex() {}

  static Pattern compile(String field, String regex) {
    Problems.require(
        regex.length() <= MAX_LENGTH,
        field,
        "a regular expression of at most " + MAX_LENGTH + " characters",
        regex.length() + " characters");
    Problems.require(
        repeats(regex) <= MAX_REPEATS,
        field,
        "counted repeats of at most " + MAX_REPEATS + " in all",
        Texts.quoted(regex));
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      String problem = Texts.cut(e.getDescription(), 80) + " at index " + e.getIndex();
      throw Refusal.of(field, "a valid regular expression", problem);
    }
  }

  /** Whether the pattern occurs; empty when the search was given up. */
  static Optional<Boolean> find(Pattern pattern, String text) {
    try {
      return Optional.of(
          pattern.matcher(new Budgeted(text, new int[] {STEPS}, 0, text.length())).find());
    } catch (BudgetSpent | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static long repeats(String regex) {
    long product = 1;
    Matcher repeat = REPEAT.matcher(regex);
    while (repeat.find() && product <= MAX_REPEATS) {
      String max = Optional.ofNullable(repeat.group(2)).orElse("");
      product *= Math.max(1, Long.parseLong(max.isEmpty() ? repeat.group(1) : max));
    }
    return product;
  }

  private static final class Budgeted implements CharSequence {
    private final String text;
    private final int[] left;
    private final int start;
    private final int end;

    Budgeted(String text, int[] left, int start, int end) {
      this.text = text;
      this.left = left;
      this.start = start;
      this.end = end;
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new BudgetSpent();
      }
      return text.charAt(start + index);
    }

    @Override
    public int length() {
      return end - start;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Budgeted(text, left, start + from, start + to);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }

  private static final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetSpent() {
      super("step budget spent", null, false, false);
    }
  }
}
