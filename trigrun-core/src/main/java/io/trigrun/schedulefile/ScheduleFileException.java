package io.trigrun.schedulefile;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A schedule file was refused and nothing was stored. The message lists every problem. */
public final class ScheduleFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final FileProblem[] problems;

  /**
   * Refuses a file for the given reasons.
   *
   * @param file its name
   * @param problems at least one
   */
  public ScheduleFileException(String file, List<FileProblem> problems) {
    super(file + ":\n" + problems.stream().map(FileProblem::message).collect(joining("\n")));
    this.problems = problems.toArray(FileProblem[]::new);
  }

  /** Every problem, in the order of the places. */
  public List<FileProblem> problems() {
    return List.of(problems);
  }
}
