package io.trigrun.schedulefile;

import io.trigrun.validation.Likeness;
import io.trigrun.validation.Problem;
import io.trigrun.validation.ValidationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects what is wrong with a schedule file. Not for use by several threads. */
public final class FileProblems {

  private final List<FileProblem> found = new ArrayList<>();

  /** Starts with no problem. */
  public FileProblems() {}

  /** Notes a problem; {@code got} is shown as it is, so it must not be what may be secret. */
  public void add(Place place, String field, String expected, String got) {
    found.add(new FileProblem(place, new Problem(field, expected, got)));
  }

  /** Notes the problems of another check. */
  public void addAll(Collection<FileProblem> problems) {
    found.addAll(problems);
  }

  /** Notes that a key is not known, with the known one that it resembles. */
  public void unknownKey(FileNode.Entry entry, String path, Collection<String> known) {
    Optional<String> meant = Likeness.nearest(entry.key(), known);
    add(
        entry.keyPlace(),
        path.isEmpty() ? FileNode.shown(entry.key()) : path + "." + FileNode.shown(entry.key()),
        meant
            .map(key -> "a key that is known (did you mean " + key + "?)")
            .orElseGet(() -> "one of " + known.stream().sorted().toList()),
        "an unknown one");
  }

  /**
   * What a supplier gives, or nothing if it refuses its input: then its problems are noted.
   *
   * @param prefix what the fields of problems are put below
   * @param places where a field stands
   */
  public <T> Optional<T> attempt(
      String prefix, Function<String, Place> places, Supplier<T> supplier) {
    try {
      return Optional.of(supplier.get());
    } catch (ValidationException e) {
      for (Problem problem : e.problems()) {
        add(
            places.apply(problem.field()),
            prefix + "." + problem.field(),
            problem.expected(),
            problem.got());
      }
      return Optional.empty();
    }
  }

  /** How many there are so far. */
  public int count() {
    return found.size();
  }

  /** All of them, in the order of their places. */
  public List<FileProblem> all() {
    return found.stream().distinct().sorted(Comparator.comparing(FileProblem::place)).toList();
  }

  /**
   * Ends the check.
   *
   * @throws ScheduleFileException with every problem noted so far, if there is any
   */
  public void throwIfAny(String file) {
    if (!found.isEmpty()) {
      throw new ScheduleFileException(file, all());
    }
  }
}
