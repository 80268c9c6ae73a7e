package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Trigger;
import io.trigrun.schedule.ImmediateSchedule;
import io.trigrun.schedule.Schedule;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Starts, moves and stops the cursor of a job (row S4). The jobs it is given already have their
 * next version.
 */
final class JobSchedule {

  private final JobStore store;

  JobSchedule(JobStore store) {
    this.store = store;
  }

  /** The schedule begins, now: what a draft did not do is not missed. */
  JobChange start(Job job, Instant now) {
    return at(job, first(job, now), now);
  }

  private static Optional<Instant> first(Job job, Instant now) {
    Schedule schedule = job.spec().schedule();
    return schedule.repeats() ? schedule.next(now, job.createdAt()) : schedule.first(now);
  }

  /** A job does something else from now on, or at other times. */
  JobChange update(Job job, JobSpec spec, Instant now) {
    boolean sameSchedule = spec.schedule().equals(job.spec().schedule());
    Job changed =
        new Job(
            job.id(),
            job.workspace(),
            spec,
            job.state(),
            job.version() + 1,
            job.createdAt(),
            now,
            // A paused job keeps its cursor only to know whether that has fired.
            sameSchedule || job.state() != JobState.PAUSED ? job.cursor() : Optional.empty());
    boolean sameTimes =
        sameSchedule || job.state() == JobState.DRAFT || job.state() == JobState.PAUSED;
    return sameTimes
        ? new JobChange(changed, WriteSet.empty(), Optional.empty())
        : restart(changed, now);
  }

  /** The schedule of a job that is active or completed was replaced. */
  private JobChange restart(Job job, Instant now) {
    JobChange change = at(job, first(job, now), now);
    return new JobChange(
        change.job(),
        cancelCursor(job, "the job's schedule was replaced", now).plus(change.writes()),
        change.nextRun());
  }

  /** A paused job goes on, from now. */
  JobChange resume(Job paused, Instant now) {
    Schedule schedule = paused.spec().schedule();
    Job job = JobDocument.next(paused, JobState.ACTIVE, paused.cursor(), now);
    if (schedule.repeats()) {
      return at(job, schedule.next(now, job.createdAt()), now);
    }
    Optional<Execution> run = theRun(job);
    if (run.isPresent()) {
      return run.get().state().isLive()
          ? new JobChange(job, WriteSet.empty(), Optional.empty())
          : ended(job);
    }
    boolean overdue = hasFired(job) || schedule instanceof ImmediateSchedule;
    Optional<Instant> next = overdue ? Optional.of(now) : schedule.next(now, job.createdAt());
    return next.isPresent() ? at(job, next, now) : ended(job);
  }

  /** The run of a job that runs once, of its latest cursor, if it has started or still can. */
  private Optional<Execution> theRun(Job job) {
    if (job.cursor().isEmpty()) {
      return Optional.empty();
    }
    ExecutionQuery ofCursor = ExecutionQuery.all(job.workspace()).parent(job.cursor().get());
    return store.listExecutions(ofCursor).items().stream()
        .filter(run -> run.trigger() == Trigger.SCHEDULE && !isHeldBack(run))
        .findFirst();
  }

  private static boolean isHeldBack(Execution run) {
    return run.failure()
        .filter(why -> why.errorClass().equals(AttemptRunner.JOB_PAUSED))
        .isPresent();
  }

  private Optional<Execution> cursor(Job job) {
    return job.cursor().flatMap(id -> store.findExecutions(List.of(id)).stream().findFirst());
  }

  private boolean hasFired(Job job) {
    return cursor(job).filter(cursor -> cursor.state() == ExecutionState.SUCCEEDED).isPresent();
  }

  private static JobChange at(Job job, Optional<Instant> first, Instant now) {
    if (first.isEmpty()) {
      return job.spec().schedule().repeats() ? idle(job) : ended(job);
    }
    UUID cursor = TimeOrderedId.at(now);
    Job active = with(job, JobState.ACTIVE, Optional.of(cursor));
    WriteSet writes =
        WriteSet.enqueue(List.of(ScheduleCursor.at(active, cursor, first.get(), now)));
    return new JobChange(active, writes, first);
  }

  /** Active, with nothing that fires by itself. */
  private static JobChange idle(Job job) {
    return new JobChange(
        with(job, JobState.ACTIVE, Optional.empty()), WriteSet.empty(), Optional.empty());
  }

  private static JobChange ended(Job job) {
    return new JobChange(
        with(job, JobState.COMPLETED, Optional.empty()), WriteSet.empty(), Optional.empty());
  }

  private static Job with(Job job, JobState state, Optional<UUID> cursor) {
    return new Job(
        job.id(),
        job.workspace(),
        job.spec(),
        state,
        job.version(),
        job.createdAt(),
        job.updatedAt(),
        cursor);
  }

  static WriteSet cancelCursor(Job job, String why, Instant now) {
    return new WriteSet(
        List.of(),
        List.of(),
        job.cursor().stream()
            .map(cursor -> StoredJobs.cancellation(cursor, "SCHEDULE_CHANGED", why, now))
            .toList());
  }
}
