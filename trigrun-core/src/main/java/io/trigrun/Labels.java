package io.trigrun;

import io.trigrun.validation.Problems;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Words that group jobs, monitors and events: {@code payments}, {@code team:ops}. Rules can be for
 * all that carry one (row N10). Immutable.
 *
 * @param names at most 20, each 1 to 64 lower or upper case letters, digits and {@code _ . : / -},
 *     the first a letter or digit
 */
public record Labels(SortedSet<String> names) {

  /** The most there may be. */
  public static final int MOST = 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}");
  private static final Labels NONE = of();

  /**
   * @throws io.trigrun.validation.ValidationException naming {@code labels}
   */
  public Labels {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    Problems.require(
        names.size() <= MOST, "labels", "at most " + MOST + " labels", names.size() + " labels");
    names.forEach(name -> requireName("labels", name));
  }

  /** These labels; one that is given twice counts once. Throws as the constructor. */
  public static Labels of(String... names) {
    return of(List.of(names));
  }

  /** These labels; one that is given twice counts once. Throws as the constructor. */
  public static Labels of(Collection<String> names) {
    return new Labels(new TreeSet<>(names));
  }

  /** No label. */
  public static Labels none() {
    return NONE;
  }

  /**
   * Checks one label.
   *
   * @param field what to call it in the message
   * @throws io.trigrun.validation.ValidationException if it is none
   */
  public static String requireName(String field, String name) {
    Problems.require(
        NAME.matcher(name).matches(),
        field,
        "1 to 64 letters, digits and _ . : / - in each label, a letter or digit first",
        name);
    return name;
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  public boolean contains(String name) {
    return names.contains(name);
  }
}
