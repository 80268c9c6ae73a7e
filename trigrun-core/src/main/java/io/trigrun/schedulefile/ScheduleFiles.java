package io.trigrun.schedulefile;

/**
 * Carries out schedule files in a workspace (row S18). Thread-safe.
 *
 * <p>A file manages what it has created, and nothing else: what exists under a name and was made
 * otherwise, or by another file, is a problem with the place of the name.
 */
public interface ScheduleFiles {

  /**
   * What {@link #apply} would do now. Stores nothing.
   *
   * @throws ScheduleFileException if something is wrong with the file, with all of it
   */
  SchedulePlan plan(ScheduleFile file);

  /**
   * Makes the workspace as the file says, in one write: all of it or nothing. Applying the same
   * file again changes nothing and writes nothing. Jobs keep their ids, their history and whether
   * they are paused; several nodes may apply the same file at the same time.
   *
   * @return what was done
   * @throws ScheduleFileException if something is wrong with the file, with all of it; nothing is
   *     stored then
   * @throws io.trigrun.LimitExceededException if the workspace may not hold as much
   * @throws io.trigrun.ConflictException if others need what is to be removed, or somebody else
   *     changes the same things all the time
   */
  SchedulePlan apply(ScheduleFile file);
}
