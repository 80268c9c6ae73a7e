package io.trigrun;

import io.trigrun.spi.UniqueKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The jobs of a workspace (row S4). Every change is one atomic write, in force for every run that
 * is claimed after it, on every node. Thread-safe.
 */
public interface Jobs {

  /**
   * Saves a new job, ACTIVE: its schedule fires from now on.
   *
   * @throws io.trigrun.validation.ValidationException if something is wrong with it; nothing is
   *     stored then
   * @throws ConflictException if another job has the name
   * @throws LimitExceededException if the workspace has as many jobs as it may have
   */
  Job create(JobSpec spec);

  /**
   * Saves a new job as a DRAFT: neither its schedule nor another job starts it until {@link
   * #activate}. Throws as {@link #create}.
   */
  Job draft(JobSpec spec);

  /**
   * Replaces what a job does and when. Its state stays; of an active job the schedule is computed
   * anew from now if it changed.
   *
   * @throws NotFoundException if there is no such job
   * @throws io.trigrun.validation.ValidationException if something is wrong with it; nothing is
   *     stored then
   * @throws ConflictException if another job has the name, or the job is changed at the same time
   */
  Job update(UUID jobId, JobSpec spec);

  /**
   * As {@link #update(UUID, JobSpec)}, if it has not been changed since it was read.
   *
   * @param version {@link Job#version} of what was read
   * @throws StaleVersionException if it has another one by now
   */
  Job update(UUID jobId, long version, JobSpec spec);

  /**
   * As {@link #create}, or {@link #update} where a job has the name: what a host calls at each
   * start.
   */
  Job save(JobSpec spec);

  /**
   * Refuses what {@link #save} would refuse because something is wrong with it, and stores nothing:
   * to know beforehand that all of several jobs can be saved.
   *
   * @throws io.trigrun.validation.ValidationException if something is wrong with it
   */
  void check(JobSpec spec);

  /** The job of an id. */
  Optional<Job> find(UUID jobId);

  /** The job of a name. */
  Optional<Job> findByName(String name);

  /** The first page of jobs, newest first; 1 to 1,000 a page. */
  Page<Job> list(int limit);

  /** The page of jobs that follows a place. */
  Page<Job> list(int limit, Cursor after);

  /**
   * When the schedules of jobs fire next, in the order of the jobs; empty for those that do not,
   * and for jobs of another workspace.
   */
  List<Optional<Instant>> nextRuns(List<Job> jobs);

  /** When the schedule of a job fires next; empty if it does not. */
  default Optional<Instant> nextRun(Job job) {
    return nextRuns(List.of(job)).get(0);
  }

  /**
   * Stops the schedule of a job, and keeps other jobs from starting it. Runs that have started go
   * on, retries included; runs that are enqueued by the schedule or by other jobs and have not
   * started are cancelled when their turn comes. No effect on a job that is paused already.
   *
   * @throws NotFoundException if there is no such job
   * @throws ConflictException if it is a draft or completed
   */
  Job pause(UUID jobId);

  /**
   * Starts the schedule of a paused job again, computed from now: what was missed meanwhile stays
   * missed. No effect on an active job.
   *
   * @throws NotFoundException if there is no such job
   * @throws ConflictException if it is a draft or completed
   */
  Job resume(UUID jobId);

  /**
   * Starts the schedule of a draft. No effect on an active job.
   *
   * @throws NotFoundException if there is no such job
   * @throws ConflictException if it is paused or completed
   */
  Job activate(UUID jobId);

  /**
   * Enqueues a run now, whatever the job's state and schedule (row S13).
   *
   * @throws NotFoundException if there is no such job
   */
  Execution runNow(UUID jobId);

  /**
   * As {@link #runNow(UUID)}, once for a key: who comes with it again is given the run that there
   * is. For callers that don't know whether their first try was heard.
   *
   * @throws ConflictException if another execution than a run of this job has the key
   */
  Execution runNow(UUID jobId, UniqueKey key);

  /**
   * Deletes a job with its rules. What has been enqueued for it is cancelled when its turn comes;
   * its history stays.
   *
   * @throws NotFoundException if there is no such job
   * @throws ConflictException if other definitions need it
   */
  void delete(UUID jobId);

  /**
   * As {@link #delete(UUID)}, if it has not been changed since it was read.
   *
   * @param version {@link Job#version} of what was read
   * @throws StaleVersionException if it has another one by now
   */
  void delete(UUID jobId, long version);
}
