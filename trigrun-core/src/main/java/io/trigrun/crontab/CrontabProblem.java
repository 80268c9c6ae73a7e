package io.trigrun.crontab;

import io.trigrun.validation.Problem;

/**
 * Something that is wrong with a line.
 *
 * @param line its number, from 1
 * @param problem what was expected and what came; its field is a part of the line ({@code
 *     schedule.cron}, {@code command}, {@code CRON_TZ}, {@code line})
 */
public record CrontabProblem(int line, Problem problem) {

  /** As one sentence: {@code line 3, schedule.cron: expected ..., got ...}. */
  public String message() {
    return asProblem().message();
  }

  Problem asProblem() {
    return new Problem("line " + line + ", " + problem.field(), problem.expected(), problem.got());
  }
}
