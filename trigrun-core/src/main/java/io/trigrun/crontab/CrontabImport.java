package io.trigrun.crontab;

import java.util.List;
import java.util.UUID;

/**
 * What importing a crontab came to.
 *
 * @param jobs one for each line that runs something, in their order
 */
public record CrontabImport(List<Imported> jobs) {

  public CrontabImport {
    jobs = List.copyOf(jobs);
  }

  /** What happened to a job. */
  public enum Change {
    /** There was none of that name. */
    CREATED,
    /** There was one that said something else. */
    CHANGED,
    /** There was one that said the same. */
    UNCHANGED
  }

  /**
   * A job of the crontab.
   *
   * @param line the number of its line, from 1
   * @param job its name
   * @param jobId its id
   */
  public record Imported(int line, String job, UUID jobId, Change change) {}
}
