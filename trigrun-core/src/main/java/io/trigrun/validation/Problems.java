package io.trigrun.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with an input, so that its author hears everything at once. One check of
 * one setter needs no collector: {@link #require}. Not for use by several threads.
 */
public final class Problems {
  /** Longest piece of a refused value that a message repeats, in characters. */
  private static final int MAX_GOT = 80;

  private final List<Problem> found = new ArrayList<>();

  /** Starts with no problem. */
  public Problems() {}

  /**
   * Notes a problem unless {@code ok}.
   *
   * @param field the field's path in JSON names
   * @param expected what would have been accepted
   * @param got the refused value, shown as its string form, at most 80 characters of it; never a
   *     secret
   */
  public void check(boolean ok, String field, String expected, @Nullable Object got) {
    if (!ok) {
      add(field, expected, shown(got));
    }
  }

  /** Notes a problem; {@code got} is shown as it is. */
  public void add(String field, String expected, String got) {
    found.add(new Problem(field, expected, got));
  }

  /** Notes a problem that was found elsewhere. */
  public void add(Problem problem) {
    found.add(problem);
  }

  /** Notes the problems of a nested object: each field is put below {@code prefix}. */
  public void addAll(String prefix, ValidationException e) {
    e.problems().forEach(p -> add(prefix + "." + p.field(), p.expected(), p.got()));
  }

  /** Notes the problems of something else. */
  public void addAll(ValidationException e) {
    found.addAll(e.problems());
  }

  /** What some work gives; empty if something was wrong, which is noted then. */
  public <T> Optional<T> attempt(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (ValidationException e) {
      addAll(e);
      return Optional.empty();
    }
  }

  /** Whether nothing was wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the check.
   *
   * @throws ValidationException with every problem noted so far, if there is any
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new ValidationException(found);
    }
  }

  /**
   * Checks one value by itself; parameters as for {@link #check}.
   *
   * @throws ValidationException with this one problem, unless {@code ok}
   */
  public static void require(boolean ok, String field, String expected, @Nullable Object got) {
    if (!ok) {
      throw new ValidationException(List.of(new Problem(field, expected, shown(got))));
    }
  }

  private static String shown(@Nullable Object got) {
    String text = String.valueOf(got);
    if (text.length() <= MAX_GOT) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_GOT - 1));
    return text.substring(0, splitsPair ? MAX_GOT - 1 : MAX_GOT);
  }
}
