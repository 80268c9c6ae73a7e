package io.trigrun;

import io.trigrun.event.TrigRunListener;
import io.trigrun.internal.Assembly;
import io.trigrun.internal.Janitor;
import io.trigrun.internal.ManualDrive;
import io.trigrun.monitor.Monitors;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.schedulefile.ScheduleFiles;
import io.trigrun.secret.Reencryption;
import io.trigrun.secret.Secrets;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.Host;
import io.trigrun.spi.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A durable scheduler inside a host application: it keeps jobs and executions in a {@link
 * io.trigrun.spi.JobStore}, runs what is due, retries what fails, and records every attempt.
 * Thread-safe.
 *
 * <pre>{@code
 * TrigRun trigrun = TrigRun.builder()
 *     .store(store)
 *     .handler("send-invoice", Invoice.class, (invoice, job) -> mailer.send(invoice))
 *     .build();
 * trigrun.start();
 * trigrun.enqueue(ExecutionRequest.of("send-invoice", new Invoice(42)));
 * }</pre>
 *
 * <p>It is itself the {@link Workspace} of hosts that have only one; those with tenants ask for
 * {@link #workspace(String)}.
 *
 * <p>An instance is built, started once and stopped once. Jobs and executions can be read and
 * changed at any time, also before the start and on a node that is never started.
 */
public final class TrigRun implements Workspace, AutoCloseable {

  /** The workspace of hosts that have only one. */
  public static final String DEFAULT_WORKSPACE = "default";

  private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

  private final Assembly assembly;
  private final Workspace own;
  private final List<AutoCloseable> owned;
  private final AtomicReference<Health.Status> stage = new AtomicReference<>(Health.Status.NEW);

  TrigRun(Assembly assembly, List<AutoCloseable> owned) {
    this.assembly = assembly;
    this.own = assembly.workspace(DEFAULT_WORKSPACE);
    this.owned = List.copyOf(owned);
  }

  /** Starts a configuration. */
  public static TrigRunBuilder builder() {
    return new TrigRunBuilder();
  }

  /**
   * Starts to claim and run what is due.
   *
   * @throws IllegalStateException if it was started or stopped before
   */
  public void start() {
    if (!stage.compareAndSet(Health.Status.NEW, Health.Status.UP)) {
      throw new IllegalStateException(
          "expected a TrigRun that was built and not started, got one that is "
              + stage.get()
              + "; build a new one");
    }
    assembly.engine().start();
  }

  /**
   * Claims nothing more, lets running executions finish within the grace, interrupts the rest and
   * hands them back, to be run later or by another node. Blocks until that is done, at most a few
   * seconds longer than the grace. No effect if it does not run.
   */
  public synchronized void stop(Duration grace) {
    Health.Status before = stage.getAndSet(Health.Status.STOPPED);
    if (before != Health.Status.UP) {
      return;
    }
    try {
      assembly.engine().stop(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * {@link #stop} with a grace of 10 seconds, then lets go of what the builder opened. Idempotent.
   * The store stays open.
   */
  @Override
  public synchronized void close() {
    stop(CLOSE_GRACE);
    for (AutoCloseable each : owned) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(
            "could not let go of " + each.getClass().getSimpleName(), e);
      }
    }
  }

  /**
   * What belongs to a tenant: the same operations, within its name. Cheap, and may be kept.
   *
   * @param name 1 to 64 letters of ASCII, digits, dashes and underscores; case matters
   * @throws io.trigrun.validation.ValidationException if it is no such name
   */
  public Workspace workspace(String name) {
    return assembly.workspace(name);
  }

  /** {@value #DEFAULT_WORKSPACE}: used by itself, this is that workspace. */
  @Override
  public String name() {
    return DEFAULT_WORKSPACE;
  }

  @Override
  public WorkspaceLimits limits() {
    return own.limits();
  }

  @Override
  public Jobs jobs() {
    return own.jobs();
  }

  @Override
  public Executions executions() {
    return own.executions();
  }

  @Override
  public Secrets secrets() {
    return own.secrets();
  }

  /**
   * Encrypts each secret of every workspace anew that is not yet encrypted with the newest key, on
   * the calling thread, one write each; credentials of channels, too. Runs go on meanwhile; several
   * nodes may do it at once. Names that have no value and that nothing refers to any more are
   * forgotten on the way.
   *
   * @throws IllegalStateException if this node was built without a cipher
   * @throws io.trigrun.secret.SecretUnavailableException if the cipher can't decrypt for the time
   *     being; call it again
   * @throws io.trigrun.spi.StoreException if the store does not work; call it again
   */
  public Reencryption reencryptSecrets() {
    return assembly.reencrypt();
  }

  @Override
  public Monitors monitors() {
    return own.monitors();
  }

  @Override
  public ScheduleFiles scheduleFiles() {
    return own.scheduleFiles();
  }

  /**
   * As {@link Monitors#ping}, for a monitor of whatever workspace: for a route that has nothing but
   * the token.
   */
  public PingResult ping(String token, PingSource source) {
    return assembly.pings().ping(token, source);
  }

  @Override
  public List<Enqueued> enqueue(StoreSession session, List<ExecutionRequest> requests) {
    return own.enqueue(session, requests);
  }

  /**
   * Runs everything that is due, and what becomes due by that, on the calling thread, until nothing
   * is: for tests, and for hosts that bring their own loop. Handlers run one after another.
   *
   * @throws IllegalStateException if it was started: then its own threads do that
   */
  public DueRun runDue() {
    if (stage.get() != Health.Status.NEW) {
      throw new IllegalStateException(
          "expected a TrigRun that was never started, got one that is " + stage.get());
    }
    ManualDrive.Round round = assembly.manual().runDue();
    return new DueRun(round.attempts(), round.nextDue());
  }

  /**
   * What {@link #runDue} did.
   *
   * @param attempts how many attempts were made, those of the library's own executions included
   * @param nextDue when something is due next
   */
  public record DueRun(int attempts, Optional<Instant> nextDue) {}

  /**
   * Forgets the executions that the {@link TrigRunBuilder#retention retention} does not keep any
   * longer, all of them, on the calling thread. A node that is started does so by itself, bit by
   * bit.
   *
   * @return how many were forgotten
   * @throws io.trigrun.spi.StoreException if the store does not work; some may be forgotten then
   */
  public int purgeHistory() {
    return new Janitor(assembly.context()).sweep();
  }

  private Health.Status stage() {
    return Objects.requireNonNull(stage.get());
  }

  /** How it fares. Asks nobody: cheap. */
  public Health health() {
    var store = assembly.context().storeHealth();
    Health.Status status = stage();
    if (status == Health.Status.UP && store.reason().isPresent()) {
      status = Health.Status.STORE_UNAVAILABLE;
    }
    return new Health(
        status,
        store.reason(),
        store.since(),
        store.lastClaim(),
        assembly.engine().inFlight(),
        assembly.context().alignment().offset(),
        assembly.engine().permits());
  }

  /**
   * What is due and nobody works on, by the name of the queue, for the queues that this node knows;
   * of all workspaces. Asks the store, but not more often than every 5 seconds: in between the
   * answer is the one before.
   *
   * @return empty if the store can't tell; both stores of this project can
   * @throws io.trigrun.spi.StoreException if the store does not work, or did not when it was asked
   */
  public List<QueueBacklog> backlog() {
    return assembly.backlogs().get();
  }

  /**
   * What parts are made of that are put on top of it, as extensions get it when they join: {@code
   * Management} for example.
   */
  public Host host() {
    return assembly;
  }

  /**
   * Tells somebody what happens on this node, from now on, as {@link TrigRunBuilder#listener} does
   * from the start, until the subscription is closed.
   */
  public Subscription subscribe(TrigRunListener listener) {
    return assembly.context().events().add(listener);
  }
}
