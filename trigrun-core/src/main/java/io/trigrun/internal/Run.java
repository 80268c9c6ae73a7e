package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.Progress;
import io.trigrun.StoreSession;
import io.trigrun.Trigger;
import io.trigrun.handler.ParentRun;
import io.trigrun.spi.Applied;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WakeUp;
import io.trigrun.trace.TraceContext;
import io.trigrun.trace.Tracing;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One claimed execution on this node, from the claim until its transition is recorded. What its
 * handler says and whether it is still wanted meet here.
 */
final class Run implements RunContext {

  /** Why a run is not to go on. */
  enum Halt {
    /** The lease is gone: nothing may be recorded. */
    LEASE_LOST,
    /** The node stops: the execution goes back. */
    NODE_STOPS
  }

  static final int FIRST_ATTEMPT = 1;

  private final ClaimedExecution claimed;
  private final Clock clock;
  private final JobCache jobs;
  private final RunLog log = new RunLog();
  private volatile @Nullable Halt halt;
  private Optional<Progress> progress = Optional.empty();
  private boolean untold;
  private final AtomicBoolean concluded = new AtomicBoolean();
  private Optional<Job> job = Optional.empty();
  private volatile Optional<SessionCompletion> completion = Optional.empty();
  private volatile Optional<Function<Boundary, Applied>> recording = Optional.empty();
  private volatile boolean hasCome;
  private final Set<String> consumed = ConcurrentHashMap.newKeySet();
  private volatile Optional<InSession> inSession = Optional.empty();
  private volatile boolean completing;
  private volatile Tracing.AttemptSpan span = Tracing.AttemptSpan.none();
  private boolean begun;
  private volatile boolean toldToStop;
  private @Nullable Thread thread;
  private @Nullable CompletionStage<?> stage;
  private Optional<Callers> callers = Optional.empty();
  private boolean waiting;

  Run(ClaimedExecution claimed, Clock clock, JobCache jobs) {
    this.claimed = claimed;
    this.clock = clock;
    this.jobs = jobs;
  }

  /** The run leaves the queue for a worker. Returns false if it is not to start at all. */
  synchronized boolean begin() {
    begun = halt == null;
    return begun;
  }

  /** It could not start: back to the queue. */
  synchronized void putBack() {
    begun = false;
  }

  /** The node stops. Returns whether the run has not begun, and will not then. */
  synchronized boolean handBack() {
    if (begun || halt == Halt.LEASE_LOST) {
      return false;
    }
    halt = Halt.NODE_STOPS;
    return true;
  }

  /** It is started by one of these threads, which may lend themselves to it. */
  void startedBy(Callers some) {
    callers = Optional.of(some);
  }

  /** Reads what the run depends on, once: the job as it stands when the run starts. */
  void prepare() {
    job = execution().jobId().flatMap(jobs::find);
  }

  /** What a tracer sees of the attempt. */
  void tracedBy(Tracing.AttemptSpan attempt) {
    span = attempt;
  }

  Tracing.AttemptSpan span() {
    return span;
  }

  /** The handler may complete the run in sessions of its own, until {@link #over}. */
  void mayComplete(SessionCompletion how) {
    completion = Optional.of(how);
  }

  /** The handler may record how far it has come, until {@link #over}. */
  void mayRecord(Function<Boundary, Applied> how) {
    recording = Optional.of(how);
  }

  /** A boundary was recorded that has dealt with these wake-ups. */
  void hasCome(Set<String> waitKeys) {
    consumed.addAll(waitKeys);
    hasCome = true;
  }

  /**
   * The number of the attempt as far as retries and crashes go: an execution that has come further
   * starts anew.
   */
  int countedAttempt() {
    return hasCome ? FIRST_ATTEMPT : attempt();
  }

  /** What woke it, and no boundary has dealt with. */
  Set<String> openWaitKeys() {
    return claimed.wakeUps().stream()
        .map(WakeUp::waitKey)
        .filter(key -> !consumed.contains(key))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The attempt is over: too late to complete it, or to record anything in the middle of it. */
  void over() {
    completion = Optional.empty();
    recording = Optional.empty();
  }

  /**
   * Whether the host's transaction may have locked the execution: others would wait for that to
   * end.
   */
  boolean isCompleting() {
    return completing;
  }

  void completing(boolean now) {
    completing = now;
  }

  void completedIn(InSession session) {
    inSession = Optional.of(session);
  }

  /** How the handler completed it last, if it did. */
  Optional<InSession> inSession() {
    return inSession;
  }

  /** Ties the calling thread to the run: a halt interrupts it. */
  synchronized void enter() {
    thread = Thread.currentThread();
    if (halt != null) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Unties the calling thread, and takes back any interrupt: the next run on this thread must not
   * inherit it.
   */
  @SuppressWarnings("ResultOfMethodCallIgnored")
  synchronized void exit() {
    thread = null;
    Thread.interrupted();
    if (waiting) {
      waiting = false;
      callers.ifPresent(Callers::takeBack);
    }
  }

  @Override
  public boolean mayWait() {
    waiting = waiting || callers.filter(Callers::lend).isPresent();
    return waiting;
  }

  /** Ties what the handler still has to complete to the run: a halt cancels it. */
  synchronized void await(CompletionStage<?> pending) {
    stage = pending;
    if (halt != null) {
      pending.toCompletableFuture().cancel(true);
    }
  }

  void halt(Halt reason) {
    CompletionStage<?> pending;
    synchronized (this) {
      if (halt == Halt.LEASE_LOST) {
        return;
      }
      halt = reason;
      pending = stage;
      if (thread != null) {
        thread.interrupt();
      }
    }
    if (pending != null) {
      pending.toCompletableFuture().cancel(true);
    }
  }

  Optional<Halt> halted() {
    return Optional.ofNullable(halt);
  }

  /** What is to be written is decided. Returns false if it was before. */
  boolean conclude() {
    return concluded.compareAndSet(false, true);
  }

  boolean isConcluded() {
    return concluded.get();
  }

  Execution execution() {
    return claimed.execution();
  }

  Optional<String> logged() {
    return log.text();
  }

  /** What the handler said since the last time anybody asked. */
  synchronized Optional<Progress> untoldProgress() {
    Optional<Progress> news = untold ? progress : Optional.empty();
    untold = false;
    return news;
  }

  synchronized Optional<Progress> latestProgress() {
    return progress;
  }

  @Override
  public ClaimedExecution claimed() {
    return claimed;
  }

  @Override
  public Optional<Job> job() {
    return job;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public UUID executionId() {
    return execution().id();
  }

  @Override
  public Optional<UUID> jobId() {
    return execution().jobId();
  }

  @Override
  public String workspace() {
    return execution().workspace();
  }

  @Override
  public int attempt() {
    return execution().attempt();
  }

  @Override
  public Instant scheduledFor() {
    return execution().scheduledFor();
  }

  @Override
  public Trigger trigger() {
    return execution().trigger();
  }

  @Override
  public Optional<ParentRun> parentRun() {
    return jobs.parentOf(execution());
  }

  @Override
  public Optional<TraceContext> trace() {
    return span.context().or(execution()::trace);
  }

  @Override
  public Optional<String> checkpoint() {
    return execution().checkpoint();
  }

  @Override
  public void log(String line) {
    log.add(line);
  }

  @Override
  public void progress(double fraction, String message) {
    Progress latest = new Progress(fraction, message);
    synchronized (this) {
      progress = Optional.of(latest);
      untold = true;
    }
  }

  @Override
  public void complete(StoreSession session) {
    complete(session, Optional.empty());
  }

  @Override
  public void complete(StoreSession session, String output) {
    complete(session, Optional.of(output));
  }

  @Override
  public Applied record(Boundary boundary) {
    return recording
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected record() to be called before the attempt is over, that of execution "
                        + executionId()
                        + " is"))
        .apply(boundary);
  }

  private void complete(StoreSession session, Optional<String> output) {
    completion
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected complete() to be called before the handler returns, execution "
                        + executionId()
                        + " is done with; roll back"))
        .complete(session, output);
  }

  @Override
  public boolean isCancelled() {
    boolean cancelled = halt != null;
    toldToStop |= cancelled;
    return cancelled;
  }

  /** Whether the handler has asked and was told: what it returns then may be half the work. */
  boolean wasToldToStop() {
    return toldToStop;
  }
}
