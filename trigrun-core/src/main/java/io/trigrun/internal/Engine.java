package io.trigrun.internal;

import io.trigrun.Health;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine with its threads: see the package's page for how the parts hang together. */
public final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.engine");
  private static final Duration START_AGAIN_AFTER = Duration.ofMillis(500);
  private static final Duration LAST_CALL = Duration.ofSeconds(1);
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final EngineContext context;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Held held = new Held();
  private final LocalTimer timer;
  private final ExecutorService workers;
  private final Callers callers;
  private final RateGate gate;
  private final AttemptRunner runner;
  private final Committer committer;
  private final SingleCommits singleCommits;
  private final SingleCommits patientCommits;
  private final Completion completion;
  private final LeaseKeeper leaseKeeper;
  private final Poller poller;
  private final Janitor janitor;
  private volatile boolean stopping;
  private Subscription hints = () -> {};

  public Engine(EngineContext context) {
    this.context = context;
    this.timer = new LocalTimer(context.clock());
    this.workers = Workers.create();
    this.callers = Workers.callers();
    this.gate = new RateGate(context);
    this.committer = new Committer(context);
    this.singleCommits = new SingleCommits(context);
    Commits commits = context.settings().groupCompletions() ? committer : singleCommits;
    this.runner =
        new AttemptRunner(
            context,
            new Rates(context.settings().rateLimits(), false),
            gate::ask,
            this::executorFor,
            new Boundaries(context, commits, () -> wakeIf(true)));
    context
        .settings()
        .queues()
        .forEach(
            (queue, permits) -> {
              if (permits > 0) {
                lanes.put(
                    queue,
                    new Lane(
                        permits, context.settings().maxPrefetch(), this::executorFor, this::start));
              }
            });
    // What an open transaction of the host holds up is no outage of the store.
    this.patientCommits = new SingleCommits(context, failure -> {});
    Commits apart =
        new ApartCommits(
            patientCommits, workers, (wait, action) -> later(context.now().plus(wait), action));
    this.completion = new Completion(context, commits, apart, this::later, this::wakeIf);
    this.leaseKeeper = new LeaseKeeper(context, held, committer);
    this.poller = new Poller(context, lanes, this::take, leaseKeeper::extend);
    this.janitor = new Janitor(context);
  }

  /** Handlers that return at once share a few threads; those that block get one each. */
  private Executor executorFor(Run run) {
    return isAsynchronous(run) ? callers : workers;
  }

  private boolean isAsynchronous(Run run) {
    HandlerRegistration handler = context.handlers().get(run.execution().handler());
    return handler != null && handler.handler().isAsynchronous();
  }

  /** Starts the threads. */
  public void start() {
    context.events().start();
    timer.start();
    committer.start();
    gate.start();
    leaseKeeper.start();
    hints = context.store().subscribe(poller::hint);
    poller.start();
    janitor.start();
  }

  /** Planning reads the store, so the timer only hands it on. */
  private void later(Instant at, Runnable action) {
    timer.at(at, () -> callers.execute(action));
  }

  private void wakeIf(boolean moreMayBeDue) {
    if (moreMayBeDue) {
      poller.wake();
    }
  }

  private void take(ClaimedExecution claimed) {
    Run run = new Run(claimed, context.clock(), context.jobs());
    Run former = held.find(run.executionId());
    if (former != null) {
      // Its lease had ended before it could be extended, and this very node has taken over.
      LeaseKeeper.loseLease(context, former);
    }
    Lane lane = lane(run);
    held.add(run);
    lane.hold();
    if (stopping) { // the store answered after the poller was given up on
      handBack(run);
      return;
    }
    if (claimed.dueAt().isAfter(context.now())) {
      timer.at(claimed.dueAt(), () -> lane.offer(run));
    } else {
      lane.offer(run);
    }
  }

  /**
   * Never throws: what goes wrong here gives the run up, and its lease with it, so that it is run
   * again.
   */
  private boolean start(Run run, Runnable whenDone) {
    try {
      return tryStart(run, whenDone);
    } catch (RuntimeException | Error e) {
      LOG.error("Execution {} met a surprise and is left to its lease", run.executionId(), e);
      conclude(run, Optional.empty());
      return true;
    }
  }

  private boolean tryStart(Run run, Runnable whenDone) {
    if (run.isConcluded()) {
      return true;
    }
    if (!run.begin()) {
      context.storeHealth().worked(StoreHealth.Part.READ);
      giveUp(run);
      return true;
    }
    CompletionStage<Optional<Concluded>> stage;
    if (isAsynchronous(run)) {
      run.startedBy(callers);
    }
    try {
      stage = runner.run(run);
      context.storeHealth().worked(StoreHealth.Part.READ);
    } catch (RuntimeException e) {
      context.storeHealth().failed(StoreHealth.Part.READ, e);
      run.putBack();
      timer.at(context.now().plus(START_AGAIN_AFTER), () -> lane(run).offer(run));
      return true;
    }
    if (stage.toCompletableFuture().isDone()) {
      conclude(run, stage.toCompletableFuture().join());
      return true;
    }
    // Not on the thread that completed it: that may belong to a transport, and planning may block.
    CompletionStage<Void> ignored =
        stage.thenAcceptAsync(
            concluded -> {
              conclude(run, concluded);
              whenDone.run();
            },
            callers);
    return false;
  }

  private void conclude(Run run, Optional<Concluded> concluded) {
    if (!run.conclude()) {
      return;
    }
    wakeIf(lane(run).end() && poller.mayFindMore());
    if (concluded.isPresent()) {
      completion.complete(concluded.get(), () -> release(run));
    } else {
      release(run);
    }
  }

  /** A run that has not started and will not. */
  private void giveUp(Run run) {
    boolean mine = run.halted().filter(halt -> halt == Run.Halt.NODE_STOPS).isPresent();
    conclude(run, mine ? Optional.of(Concluded.notStarted(run, context.now())) : Optional.empty());
  }

  private void release(Run run) {
    held.remove(run);
    wakeIf(lane(run).letGo() && poller.mayFindMore());
  }

  private Lane lane(Run run) {
    Lane lane = lanes.get(run.execution().queue());
    if (lane == null) {
      throw new IllegalStateException(
          "expected an execution of a queue of this node, got " + run.execution().queue());
    }
    return lane;
  }

  /** Something may be due now. */
  public void wake() {
    poller.wake();
  }

  /** Something will be due then. */
  public void wakeFor(Instant due) {
    poller.wakeFor(due);
  }

  /** Something was written in a transaction of the host. */
  public void expectCommit() {
    poller.probe();
  }

  /** An execution was cancelled: if it runs here, it stops at once. */
  public void cancelled(UUID executionId) {
    Run run = held.find(executionId);
    if (run != null) {
      LeaseKeeper.loseLease(context, run);
    }
  }

  /** How many executions are held, by queue. */
  public Map<String, Integer> inFlight() {
    Map<String, Integer> counts = new HashMap<>();
    lanes.forEach((queue, lane) -> counts.put(queue, lane.held()));
    return counts;
  }

  /** The permits of all queues that are known, by queue. */
  public Map<String, Health.Permits> permits() {
    Map<String, Health.Permits> permits = new HashMap<>();
    context
        .settings()
        .queues()
        .forEach(
            (queue, total) -> {
              Lane lane = lanes.get(queue);
              permits.put(queue, new Health.Permits(lane == null ? 0 : lane.running(), total));
            });
    return permits;
  }

  /** Finishes what runs, within the grace, and hands back the rest. */
  public void stop(Duration grace) throws InterruptedException {
    stopping = true;
    hints.close();
    janitor.stop();
    poller.stop();
    lanes.values().forEach(Lane::drain);
    held.all().forEach(this::handBack);
    try {
      awaitIdle(grace);
      held.all().forEach(run -> run.halt(Run.Halt.NODE_STOPS));
      awaitIdle(LAST_CALL);
      committer.flush(LAST_WRITES);
    } finally {
      // Also when the caller is interrupted: no thread may outlive this.
      held.all().forEach(run -> run.halt(Run.Halt.NODE_STOPS));
      stopThreads();
    }
  }

  private void stopThreads() throws InterruptedException {
    if (!held.isEmpty()) {
      LOG.warn(
          "{} executions neither ended nor let themselves be interrupted; others take over when their leases end",
          held.all().size());
    }
    leaseKeeper.stop();
    gate.stop();
    committer.stop();
    singleCommits.stop();
    patientCommits.stop();
    timer.stop();
    callers.stop();
    workers.shutdownNow();
    callers.awaitStop(1, TimeUnit.SECONDS);
    workers.awaitTermination(1, TimeUnit.SECONDS);
    context.events().stop();
  }

  /** Elsewhere, since recording it may take as long as the store is down. */
  private void handBack(Run run) {
    if (!run.handBack()) {
      return;
    }
    try {
      callers.execute(() -> giveUp(run));
    } catch (RejectedExecutionException e) { // all has stopped: what is claimed now is nobody's
      giveUp(run);
    }
  }

  private void awaitIdle(Duration limit) throws InterruptedException {
    long since = System.nanoTime();
    while (!held.isEmpty() && System.nanoTime() - since < limit.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
