package io.trigrun.internal;

import io.trigrun.Execution;
import io.trigrun.Job;
import io.trigrun.Trigger;
import io.trigrun.Workspace;
import io.trigrun.WorkspaceLimits;
import io.trigrun.event.TrigRunListener;
import io.trigrun.handler.ParentRun;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.TracingHeaders;
import io.trigrun.internal.callback.CallbackHandler;
import io.trigrun.internal.callback.CallbackPlanner;
import io.trigrun.internal.command.CommandJobHandler;
import io.trigrun.internal.management.CoreRoutes;
import io.trigrun.internal.monitor.MonitorCheck;
import io.trigrun.internal.monitor.MonitorPings;
import io.trigrun.internal.monitor.StoredMonitors;
import io.trigrun.internal.secret.Reencryptor;
import io.trigrun.internal.secret.SecretVault;
import io.trigrun.internal.secret.StoredSecrets;
import io.trigrun.route.Route;
import io.trigrun.secret.Reencryption;
import io.trigrun.secret.SecretCipher;
import io.trigrun.spi.CancelFollowUps;
import io.trigrun.spi.Definition;
import io.trigrun.spi.ExecutionPart;
import io.trigrun.spi.Extension;
import io.trigrun.spi.FollowUps;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.Host;
import io.trigrun.spi.JobKind;
import io.trigrun.spi.JobRule;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.JobsWithParts;
import io.trigrun.spi.MessageOutlet;
import io.trigrun.spi.MonitorFollowUps;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RevisionCache;
import io.trigrun.spi.ScheduleFilePart;
import io.trigrun.spi.SecretAccess;
import io.trigrun.spi.UniqueKey;
import io.trigrun.trace.Tracing;
import io.trigrun.validation.Problems;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts a TrigRun together: the one place where the parts meet. */
public final class Assembly implements Host {

  /** What a host chose. */
  public record Parts(
      JobStore store,
      Clock clock,
      boolean alignClock,
      EngineSettings settings,
      PayloadCodec codec,
      HttpTransport transport,
      TracingHeaders tracing,
      boolean commands,
      Tracing tracer,
      List<HandlerRegistration> handlers,
      List<Extension> extensions,
      List<TrigRunListener> listeners,
      Optional<SecretCipher> cipher,
      Function<String, WorkspaceLimits> limits) {}

  private final Parts parts;
  private final Revision revision = new Revision();
  private final Alignment alignment;
  private final SecretVault vault;
  private final EngineContext context;
  private final Backlogs backlogs;
  private final RunFactory runs;
  private final ReadJobs readJobs = new ReadJobs();
  private final MonitorPings pings;
  private final List<Supplier<Reencryption>> reencryptions;
  private final FileParts fileParts;
  private final List<JobRule> jobRules;
  private final List<CancelFollowUps> cancelFollowUps;
  private final List<Route> routes;
  private final ManualDrive manual;
  private final Engine engine;
  private final Executor threads = Workers.create();
  private Optional<MessageOutlet> outlet = Optional.empty();

  public Assembly(Parts parts) {
    this.parts = parts;
    this.alignment = new Alignment(parts.store(), parts.clock(), parts.alignClock());
    Clock clock = alignment.clock();
    this.vault =
        new SecretVault(
            parts.store(), parts.cipher(), this::limits, alignment::nowForHost, this::cache);
    EventBus events = new EventBus(parts.listeners());
    JobCache jobCache = new JobCache(parts.store(), revision);
    Map<String, HandlerRegistration> handlers = new LinkedHashMap<>();
    List<FollowUps> followUps = new ArrayList<>(List.of(new JobLifecycle(jobCache)));
    List<MonitorFollowUps> monitorFollowUps = new ArrayList<>();
    List<Supplier<Reencryption>> walks = new ArrayList<>();
    List<ScheduleFilePart> readers = new ArrayList<>();
    List<JobRule> rules = new ArrayList<>();
    List<CancelFollowUps> cancels = new ArrayList<>();
    List<Route> surface = new ArrayList<>();
    List<JobKind> kinds = new ArrayList<>();
    List<ExecutionPart> executionParts = new ArrayList<>();
    walks.add(() -> new Reencryptor(vault).run());
    followUps.add(new CallbackPlanner(jobCache::parentOf));
    add(handlers, new HttpJobHandler(parts.transport(), parts.tracing(), vault).registration());
    if (parts.commands()) {
      add(handlers, new CommandJobHandler(vault).registration());
    }
    add(
        handlers,
        new CallbackHandler(parts.transport(), vault::lookup, jobCache::find).registration());
    parts.handlers().forEach(handler -> add(handlers, handler));
    for (Extension extension : parts.extensions()) {
      Extension.Contribution contribution = extension.join(this);
      contribution.handlers().forEach(handler -> add(handlers, handler));
      followUps.addAll(contribution.followUps());
      monitorFollowUps.addAll(contribution.monitorFollowUps());
      walks.addAll(contribution.reencryptions());
      readers.addAll(contribution.fileParts());
      rules.addAll(contribution.jobRules());
      cancels.addAll(contribution.cancelFollowUps());
      surface.addAll(contribution.routes());
      kinds.addAll(contribution.jobKinds());
      executionParts.addAll(contribution.executionParts());
      outlet = outlet.or(contribution::messages);
    }
    this.reencryptions = List.copyOf(walks);
    this.fileParts = FileParts.of(readers);
    this.jobRules = List.copyOf(rules);
    this.cancelFollowUps = List.copyOf(cancels);
    surface.addAll(0, CoreRoutes.with(parts.store(), kinds, executionParts));
    this.routes = List.copyOf(surface);
    Tracing tracing = SafeTracing.of(parts.tracer());
    this.runs = new RunFactory(handlers, tracing);
    followUps.add(new ChainPlanner(jobCache, runs));
    parts.settings().rateLimits().requireHandlers(handlers.keySet());
    add(handlers, new ScheduleCursor(runs).registration());
    add(handlers, new MonitorCheck(parts.store(), monitorFollowUps).registration());
    EngineSettings settings = withQueuesOf(handlers, parts.settings());
    this.context =
        new EngineContext(
            parts.store(),
            clock,
            alignment,
            settings,
            parts.codec(),
            handlers,
            followUps,
            jobCache,
            revision,
            events,
            new StoreHealth(clock, events),
            tracing);
    this.backlogs = new Backlogs(parts.store(), clock, settings.queues().keySet());
    this.manual = new ManualDrive(context);
    this.engine = new Engine(context);
    this.pings =
        new MonitorPings(
            parts.store(), alignment::nowForHost, events::tell, monitorFollowUps, engine::wakeFor);
    alignment.tryToKeep();
  }

  private static void add(Map<String, HandlerRegistration> handlers, HandlerRegistration handler) {
    Problems.require(
        handlers.putIfAbsent(handler.name(), handler) == null,
        "handler",
        "a name that no other handler has",
        handler.name());
  }

  private static EngineSettings withQueuesOf(
      Map<String, HandlerRegistration> handlers, EngineSettings settings) {
    Map<String, Integer> queues = new LinkedHashMap<>(settings.queues());
    handlers
        .values()
        .forEach(handler -> queues.putIfAbsent(handler.queue(), EngineSettings.DEFAULT_PERMITS));
    return settings.withQueues(queues);
  }

  public EngineContext context() {
    return context;
  }

  public Backlogs backlogs() {
    return backlogs;
  }

  public Engine engine() {
    return engine;
  }

  public ManualDrive manual() {
    return manual;
  }

  public MonitorPings pings() {
    return pings;
  }

  /** Walks over all that is kept encrypted, of whatever part. */
  public Reencryption reencrypt() {
    return reencryptions.stream()
        .map(Supplier::get)
        .reduce(new Reencryption(0, 0, List.of()), Reencryption::plus);
  }

  @Override
  public Workspace workspace(String name) {
    return stored(name);
  }

  @Override
  public JobsWithParts jobsWithParts(String workspace) {
    return stored(workspace).jobs();
  }

  /** Made anew each time: it has no state of its own. */
  private StoredWorkspace stored(String name) {
    Workspace.requireName(name);
    Supplier<WorkspaceLimits> limits = () -> parts.limits().apply(name);
    EngineSettings settings = context.settings();
    PayloadRules payloads =
        new PayloadRules(
            parts.codec(), () -> Math.min(settings.maxPayload(), limits.get().payload()));
    JobSpecRules rules =
        new JobSpecRules(
            payloads, settings, context.handlers().keySet(), parts.transport().egress(), jobRules);
    StoredJobs jobs =
        new StoredJobs(parts.store(), vault, alignment, name, limits, rules, runs, engine::wakeFor);
    StoredExecutions executions =
        new StoredExecutions(
            parts.store(),
            alignment,
            name,
            jobs,
            runs,
            cancelFollowUps,
            engine::wakeFor,
            this::cancelled);
    Enqueuer enqueuer =
        new Enqueuer(
            parts.store(),
            alignment,
            name,
            settings,
            payloads,
            runs,
            engine::wakeFor,
            engine::expectCommit);
    StoredMonitors monitors =
        new StoredMonitors(
            parts.store(), alignment::nowForHost, name, limits, pings, engine::wakeFor);
    StoredScheduleFiles files =
        new StoredScheduleFiles(
            parts.store(), vault, alignment, name, limits, rules, fileParts, engine::wakeFor);
    return new StoredWorkspace(
        name, limits, jobs, executions, new StoredSecrets(vault, name), monitors, files, enqueuer);
  }

  private void cancelled(UUID executionId) {
    engine.cancelled(executionId);
    manual.cancelled(executionId);
  }

  @Override
  public WorkspaceLimits limits(String workspace) {
    return parts.limits().apply(Workspace.requireName(workspace));
  }

  @Override
  public SecretAccess secrets() {
    return vault;
  }

  @Override
  public JobStore store() {
    return parts.store();
  }

  @Override
  public Clock clock() {
    return alignment.clock();
  }

  @Override
  public HttpTransport transport() {
    return parts.transport();
  }

  @Override
  public TracingHeaders tracingHeaders() {
    return parts.tracing();
  }

  @Override
  public <K, V> RevisionCache<K, V> cache(Function<K, V> loader) {
    return new CaffeineRevisionCache<>(revision, loader);
  }

  @Override
  public Optional<ParentRun> parentOf(Execution run) {
    return context.jobs().parentOf(run);
  }

  @Override
  public Optional<Job> job(Definition definition) {
    return readJobs.of(definition);
  }

  @Override
  public NewExecution runOf(
      Job job,
      Trigger trigger,
      Optional<UUID> parent,
      Optional<UniqueKey> key,
      Optional<String> payload) {
    Instant now = clock().instant();
    return runs.run(job, trigger, parent, key, now, payload);
  }

  @Override
  public Executor threads() {
    return threads;
  }

  @Override
  public Optional<MessageOutlet> messages() {
    return outlet;
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public void wakeUp() {
    engine.wake();
  }
}
