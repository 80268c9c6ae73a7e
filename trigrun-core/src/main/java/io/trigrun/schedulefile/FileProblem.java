package io.trigrun.schedulefile;

import io.trigrun.validation.Problem;
import java.io.Serializable;

/**
 * Something that is wrong with a schedule file, and where.
 *
 * @param problem its field is a path such as {@code jobs.coffee.schedule.cron}
 */
public record FileProblem(Place place, Problem problem) implements Serializable {

  /** {@code line 7, column 12: jobs.coffee.retries: expected 0 to 99, got -1}. */
  public String message() {
    return place + ": " + problem.message();
  }
}
