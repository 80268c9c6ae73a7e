package io.trigrun.internal;

import io.trigrun.Attempt;
import io.trigrun.ConflictException;
import io.trigrun.Execution;
import io.trigrun.ExecutionQuery;
import io.trigrun.Executions;
import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.Trigger;
import io.trigrun.spi.CancelFollowUps;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The executions of a workspace. */
final class StoredExecutions implements Executions {

  /** How often to read a job again that changes at the same time. */
  private static final int TRIES = 10;

  private final JobStore store;
  private final Alignment alignment;
  private final String workspace;
  private final StoredJobs jobs;
  private final RunFactory runs;
  private final List<CancelFollowUps> cancelFollowUps;
  private final Consumer<Instant> wakeFor;
  private final Consumer<UUID> cancelled;

  StoredExecutions(
      JobStore store,
      Alignment alignment,
      String workspace,
      StoredJobs jobs,
      RunFactory runs,
      List<CancelFollowUps> cancelFollowUps,
      Consumer<Instant> wakeFor,
      Consumer<UUID> cancelled) {
    this.store = store;
    this.alignment = alignment;
    this.workspace = workspace;
    this.jobs = jobs;
    this.runs = runs;
    this.cancelFollowUps = cancelFollowUps;
    this.wakeFor = wakeFor;
    this.cancelled = cancelled;
  }

  @Override
  public Optional<Execution> find(UUID executionId) {
    return store.findExecutions(List.of(executionId)).stream()
        .filter(execution -> execution.workspace().equals(workspace))
        .findFirst();
  }

  @Override
  public Page<Execution> list(ExecutionQuery query) {
    if (!query.workspace().equals(workspace)) {
      throw new IllegalArgumentException(
          "expected a query of workspace "
              + workspace
              + " (start from executions().query()), got "
              + query.workspace());
    }
    return store.listExecutions(query);
  }

  @Override
  public ExecutionQuery query() {
    return ExecutionQuery.all(workspace);
  }

  @Override
  public List<Attempt> attempts(UUID executionId) {
    return find(executionId).isPresent() ? store.attempts(executionId) : List.of();
  }

  @Override
  public Execution replay(UUID executionId) {
    Instant now = alignment.nowForHost();
    NewExecution copy = copy(executionId, now);
    store.write(WriteSet.enqueue(List.of(copy)));
    wakeFor.accept(now);
    return get(copy.id());
  }

  @Override
  public Execution replay(UUID executionId, UniqueKey key) {
    Instant now = alignment.nowForHost();
    Execution copy = OncePerKey.enqueue(store, copy(executionId, now).withUniqueKey(key));
    wakeFor.accept(now);
    return copy;
  }

  private NewExecution copy(UUID executionId, Instant now) {
    Execution original = getHosts(executionId);
    return copy(original, original.jobId().flatMap(jobs::find), now);
  }

  private NewExecution copy(Execution original, Optional<Job> job, Instant now) {
    if (original.jobId().isPresent() && job.isEmpty()) {
      throw new ConflictException(
          "expected the job of execution " + original.id() + " to exist; it was deleted");
    }
    Optional<NewExecution> run = job.map(found -> runs.run(found, Trigger.REPLAY, now, now));
    return new NewExecution(
            TimeOrderedId.at(now),
            workspace,
            run.map(NewExecution::queue).orElse(original.queue()),
            run.map(NewExecution::handler).orElse(original.handler()),
            original.jobId(),
            original.parentId(),
            Optional.of(original.id()),
            Trigger.REPLAY,
            original.priority(),
            now,
            now,
            now,
            Optional.empty(),
            run.flatMap(NewExecution::concurrency),
            job.map(found -> runs.replayed(original, found)).orElse(original.payload()))
        .orTrace(runs.trace());
  }

  @Override
  public boolean cancel(UUID executionId, String reason) {
    for (int tries = 0; tries < TRIES; tries++) {
      Execution execution = getHosts(executionId);
      Instant now = alignment.nowForHost();
      Cancellation cancellation = StoredJobs.cancellation(executionId, "CANCELLED", reason, now);
      WriteSet writes =
          new WriteSet(List.of(), List.of(), List.of(cancellation))
              .plus(completion(execution, now))
              .plus(along(execution, cancellation));
      if (store.write(writes) instanceof WriteResult.Stored stored) {
        boolean done = !stored.cancelled().isEmpty();
        if (done) {
          stored.cancelled().forEach(cancelled);
          wakeFor.accept(now); // it may have held up others of its job
        }
        return done;
      }
    }
    throw new ConflictException(
        "expected the job of execution " + executionId + " not to change all the time; try again");
  }

  /** What extensions take back along with it. */
  private WriteSet along(Execution execution, Cancellation cancellation) {
    WriteSet writes = WriteSet.empty();
    if (!execution.state().isFinal()) {
      for (CancelFollowUps each : cancelFollowUps) {
        writes = writes.plus(each.plan(execution, cancellation));
      }
    }
    return writes;
  }

  /** A job that runs once has had its run when that is cancelled. */
  private WriteSet completion(Execution execution, Instant now) {
    if (execution.trigger() != Trigger.SCHEDULE || execution.state().isFinal()) {
      return WriteSet.empty();
    }
    return execution
        .jobId()
        .flatMap(jobs::find)
        .filter(job -> !job.spec().schedule().repeats() && job.state() == JobState.ACTIVE)
        .filter(job -> execution.parentId().equals(job.cursor()))
        .map(job -> JobDocument.save(JobDocument.completed(job, now)))
        .orElse(WriteSet.empty());
  }

  private Execution getHosts(UUID executionId) {
    Execution execution = get(executionId);
    if (execution.trigger() == Trigger.SYSTEM) {
      throw new ConflictException(
          "expected an execution of a host's work, got one of the library's own: " + executionId);
    }
    return execution;
  }

  private Execution get(UUID executionId) {
    return find(executionId).orElseThrow(() -> new NotFoundException("execution", executionId));
  }
}
