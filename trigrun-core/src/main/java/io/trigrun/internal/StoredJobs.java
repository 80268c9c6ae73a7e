package io.trigrun.internal;

import io.trigrun.ConflictException;
import io.trigrun.Cursor;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Jobs;
import io.trigrun.LimitExceededException;
import io.trigrun.NotFoundException;
import io.trigrun.Page;
import io.trigrun.StaleVersionException;
import io.trigrun.Trigger;
import io.trigrun.WorkspaceLimits;
import io.trigrun.internal.secret.Referrers;
import io.trigrun.internal.secret.SecretIds;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.DefinitionQuery;
import io.trigrun.spi.DefinitionWrite;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JobsWithParts;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.UniqueKey;
import io.trigrun.spi.WriteResult;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of a workspace: every operation reads, decides, and writes once, by compare-and-set. */
public final class StoredJobs implements Jobs, JobsWithParts {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.jobs");
  private static final int MOST_SAVES = 5;

  private final JobStore store;
  private final SecretAccess secrets;
  private final Alignment alignment;
  private final String workspace;
  private final Supplier<WorkspaceLimits> limits;
  private final JobSpecRules rules;
  private final RunFactory runs;
  private final JobSchedule schedule;
  private final ChainRules chain;
  private final Consumer<Instant> wakeFor;

  StoredJobs(
      JobStore store,
      SecretAccess secrets,
      Alignment alignment,
      String workspace,
      Supplier<WorkspaceLimits> limits,
      JobSpecRules rules,
      RunFactory runs,
      Consumer<Instant> wakeFor) {
    this.store = store;
    this.secrets = secrets;
    this.alignment = alignment;
    this.workspace = workspace;
    this.limits = limits;
    this.rules = rules;
    this.runs = runs;
    this.schedule = new JobSchedule(store);
    this.chain = new ChainRules(new ChainJobs(store, workspace));
    this.wakeFor = wakeFor;
  }

  @Override
  public Job create(JobSpec spec) {
    return create(spec, false, StoredJobs::noParts);
  }

  @Override
  public Job draft(JobSpec spec) {
    return create(spec, true, StoredJobs::noParts);
  }

  @Override
  public Job create(JobSpec spec, boolean isDraft, Function<Job, Parts> parts) {
    Instant now = now();
    Job job = fresh(chain.link(rules.check(spec, now)), now);
    return write(
        isDraft ? new JobChange(job, WriteSet.empty(), Optional.empty()) : schedule.start(job, now),
        parts);
  }

  private static Parts noParts(Job job) {
    return new Parts(WriteSet.empty(), Set.of());
  }

  private Job fresh(JobSpec spec, Instant now) {
    return new Job(
        TimeOrderedId.at(now), workspace, spec, JobState.DRAFT, 1, now, now, Optional.empty());
  }

  @Override
  public Job update(UUID jobId, JobSpec spec) {
    Job job = get(jobId);
    return update(job, chain.link(job, rules.checkUpdate(job, spec, now())), StoredJobs::noParts);
  }

  @Override
  public Job update(UUID jobId, long version, JobSpec spec) {
    return update(jobId, version, spec, StoredJobs::noParts);
  }

  @Override
  public Job update(UUID jobId, long version, JobSpec spec, Function<Job, Parts> parts) {
    Job job = get(jobId);
    requireVersion(job, version);
    try {
      return update(job, chain.link(job, rules.checkUpdate(job, spec, now())), parts);
    } catch (ConflictException e) {
      requireVersion(get(jobId), version);
      throw e;
    }
  }

  private static void requireVersion(Job job, long version) {
    if (job.version() != version) {
      throw new StaleVersionException("job " + job.name(), version, job.version());
    }
  }

  private Job update(Job job, ChainRules.Linked linked, Function<Job, Parts> parts) {
    JobChange change = schedule.update(job, linked.spec(), now());
    return write(change.with(linked.touched()), parts);
  }

  @Override
  public Job save(JobSpec spec) {
    // Nodes that start together save the same jobs at the same time.
    for (int tries = 1; tries < MOST_SAVES; tries++) {
      try {
        return saveOnce(spec);
      } catch (ConflictException e) {
        LOG.debug("Job {} was saved by somebody else at the same time", spec.name(), e);
      }
    }
    return saveOnce(spec);
  }

  private Job saveOnce(JobSpec spec) {
    Optional<Job> known = findByName(spec.name());
    if (known.isEmpty()) {
      return create(spec);
    }
    Job job = known.get();
    ChainRules.Linked linked = chain.link(job, rules.checkUpdate(job, spec, now()));
    return linked.spec().equals(job.spec()) ? job : update(job, linked, StoredJobs::noParts);
  }

  @Override
  public void check(JobSpec spec) {
    JobSpec ignored =
        findByName(spec.name())
            .map(known -> rules.checkUpdate(known, spec, now()))
            .orElseGet(() -> rules.check(spec, now()));
  }

  @Override
  public Job pause(UUID jobId) {
    return change(
        jobId,
        JobState.PAUSED,
        List.of(JobState.ACTIVE),
        job -> {
          Job paused = JobDocument.next(job, JobState.PAUSED, job.cursor(), now());
          return new JobChange(paused, cancelCursor(job, "the job was paused"), Optional.empty());
        });
  }

  @Override
  public Job resume(UUID jobId) {
    return change(
        jobId, JobState.ACTIVE, List.of(JobState.PAUSED), job -> schedule.resume(job, now()));
  }

  @Override
  public Job activate(UUID jobId) {
    return change(
        jobId,
        JobState.ACTIVE,
        List.of(JobState.DRAFT),
        job ->
            schedule.start(JobDocument.next(job, JobState.DRAFT, Optional.empty(), now()), now()));
  }

  private Job change(
      UUID jobId, JobState to, List<JobState> from, Function<Job, JobChange> change) {
    Job job = get(jobId);
    if (job.state() == to) {
      return job;
    }
    if (!from.contains(job.state())) {
      throw new ConflictException(
          "expected job " + job.name() + " to be " + from.get(0) + ", it is " + job.state());
    }
    return write(change.apply(job));
  }

  @Override
  public Execution runNow(UUID jobId) {
    Instant now = now();
    NewExecution run = run(jobId, now);
    store.write(WriteSet.enqueue(List.of(run)));
    wakeFor.accept(now);
    return run.enqueued();
  }

  @Override
  public Execution runNow(UUID jobId, UniqueKey key) {
    Instant now = now();
    Execution run = OncePerKey.enqueue(store, run(jobId, now).withUniqueKey(key));
    wakeFor.accept(now);
    return run;
  }

  private NewExecution run(UUID jobId, Instant now) {
    return runs.run(get(jobId), Trigger.RUN_NOW, now, now).orTrace(runs.trace());
  }

  @Override
  public void delete(UUID jobId) {
    delete(get(jobId));
  }

  @Override
  public void delete(UUID jobId, long version) {
    Job job = get(jobId);
    requireVersion(job, version);
    try {
      delete(job);
    } catch (ConflictException e) {
      requireVersion(get(jobId), version);
      throw e;
    }
  }

  private void delete(Job job) {
    WriteSet writes =
        new WriteSet(
                List.of(), List.of(new DefinitionWrite.Delete(job.id(), job.version())), List.of())
            .plus(cancelCursor(job, "the job was deleted"));
    stored(job, store.write(writes));
  }

  private WriteSet cancelCursor(Job job, String why) {
    return JobSchedule.cancelCursor(job, why, now());
  }

  private Job write(JobChange change) {
    return write(change, StoredJobs::noParts);
  }

  private Job write(JobChange change, Function<Job, Parts> partsOf) {
    Parts parts = partsOf.apply(change.job());
    Set<String> names = new TreeSet<>(SecretIds.namedBy(change.job().spec()));
    names.addAll(parts.secretNames());
    int most = limits.get().jobs();
    WriteSet save = WriteSet.save(JobDocument.write(change.job()), most);
    WriteResult result =
        secrets.write(workspace, names, save.plus(change.writes()).plus(parts.writes()));
    if (result instanceof WriteResult.Refused refused
        && refused.conflict().reason() == Conflict.Reason.LIMIT_REACHED) {
      throw new LimitExceededException(workspace, "jobs", most);
    }
    stored(change.job(), result);
    change.nextRun().ifPresent(wakeFor);
    return change.job();
  }

  private void stored(Job job, WriteResult result) {
    if (result instanceof WriteResult.Refused refused) {
      Conflict conflict = refused.conflict();
      throw conflict.reason() == Conflict.Reason.REFERENCED
          ? new ConflictException(explain(job, conflict), Referrers.of(store, conflict.others()))
          : new ConflictException(explain(job, conflict));
    }
  }

  private String explain(Job job, Conflict conflict) {
    return switch (conflict.reason()) {
      case NAME_TAKEN -> "expected a name that no other job has, got " + job.name();
      case REFERENCED ->
          "expected job "
              + job.name()
              + " to be free to go, but these need it: "
              + referrers(conflict.others());
      case REFERENCE_MISSING ->
          "expected the jobs that job "
              + job.name()
              + " starts to exist; one of them was just deleted";
      default ->
          "expected job "
              + job.name()
              + " not to be changed by anyone else meanwhile; read it again and retry";
    };
  }

  private String referrers(List<UUID> ids) {
    return store.findDefinitions(ids).stream()
        .map(definition -> definition.kind() + " " + definition.name())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  @Override
  public Optional<Job> find(UUID jobId) {
    return store.findDefinitions(List.of(jobId)).stream()
        .filter(
            definition ->
                definition.workspace().equals(workspace)
                    && definition.kind().equals(JobDocument.KIND))
        .findFirst()
        .map(JobDocument::read)
        .map(chain.jobs()::named);
  }

  @Override
  public Optional<Job> findByName(String name) {
    return store
        .findDefinitionByName(workspace, JobDocument.KIND, name)
        .map(JobDocument::read)
        .map(chain.jobs()::named);
  }

  @Override
  public Page<Job> list(int limit) {
    return list(DefinitionQuery.of(workspace, JobDocument.KIND).limit(limit));
  }

  @Override
  public Page<Job> list(int limit, Cursor after) {
    return list(DefinitionQuery.of(workspace, JobDocument.KIND).limit(limit).after(after));
  }

  private Page<Job> list(DefinitionQuery query) {
    Page<Definition> page = store.listDefinitions(query);
    List<Job> jobs = page.items().stream().map(JobDocument::read).toList();
    return new Page<>(chain.jobs().named(jobs), page.next());
  }

  @Override
  public List<Optional<Instant>> nextRuns(List<Job> jobs) {
    List<UUID> cursors =
        jobs.stream()
            .filter(job -> job.state() == JobState.ACTIVE)
            .flatMap(job -> job.cursor().stream())
            .toList();
    Map<UUID, Instant> next =
        store.findExecutions(cursors).stream()
            .filter(cursor -> cursor.workspace().equals(workspace))
            .filter(cursor -> cursor.state() == ExecutionState.PENDING)
            .collect(Collectors.toMap(Execution::id, Execution::dueAt));
    return jobs.stream().map(job -> job.cursor().map(next::get)).toList();
  }

  private Job get(UUID jobId) {
    return find(jobId).orElseThrow(() -> new NotFoundException("job", jobId));
  }

  private Instant now() {
    return alignment.nowForHost().truncatedTo(ChronoUnit.MICROS);
  }

  static Cancellation cancellation(UUID executionId, String errorClass, String why, Instant now) {
    return new Cancellation(executionId, new Failure(errorClass, why), now);
  }
}
