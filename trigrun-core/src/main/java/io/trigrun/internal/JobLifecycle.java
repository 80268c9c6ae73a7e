package io.trigrun.internal;

import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.Trigger;
import io.trigrun.spi.AttemptEnd;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.WriteSet;
import java.util.Optional;

/** A job that runs once is COMPLETED by the end of that run, in the same write (row S3). */
final class JobLifecycle implements FollowUps {

  private final JobCache jobs;

  JobLifecycle(JobCache jobs) {
    this.jobs = jobs;
  }

  @Override
  public WriteSet plan(AttemptEnd end) {
    if (!end.isFinal() || end.execution().trigger() != Trigger.SCHEDULE) {
      return WriteSet.empty();
    }
    Optional<Job> once =
        end.execution()
            .jobId()
            .flatMap(jobs::find)
            .filter(job -> !job.spec().schedule().repeats())
            // A run of a schedule that has been replaced since says nothing about the new one.
            .filter(job -> end.execution().parentId().equals(job.cursor()))
            .filter(job -> job.state() == JobState.ACTIVE || job.state() == JobState.PAUSED)
            .filter(job -> !isHeldBack(end));
    return once.map(job -> JobDocument.save(JobDocument.completed(job, end.at())))
        .orElse(WriteSet.empty());
  }

  /** A run that a pause kept from starting: the job still has to run, once it is resumed. */
  private static boolean isHeldBack(AttemptEnd end) {
    return end.execution()
        .failure()
        .filter(reason -> reason.errorClass().equals(AttemptRunner.JOB_PAUSED))
        .isPresent();
  }
}
