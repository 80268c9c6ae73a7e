package io.trigrun.validation;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * An input was refused and nothing was stored. The message lists every problem that was found;
 * {@link #problems()} has them as values, for a host that answers its own callers.
 */
public final class ValidationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final Problem[] problems;

  /**
   * Refuses an input for the given reasons.
   *
   * @throws IllegalArgumentException if there is no problem to report
   */
  public ValidationException(List<Problem> problems) {
    super(message(problems));
    this.problems = problems.toArray(Problem[]::new);
  }

  /** Every problem in the order it was found; at least one. */
  public List<Problem> problems() {
    return List.of(problems);
  }

  private static String message(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems: expected at least 1, got none");
    }
    return problems.stream().map(Problem::message).collect(joining("; "));
  }
}
