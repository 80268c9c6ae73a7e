package io.trigrun;

import io.trigrun.egress.EgressPolicy;
import io.trigrun.event.TrigRunListener;
import io.trigrun.handler.JobHandler;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.http.HttpTransport;
import io.trigrun.http.TracingHeaders;
import io.trigrun.internal.Assembly;
import io.trigrun.internal.EngineSettings;
import io.trigrun.internal.HostHandler;
import io.trigrun.internal.RateLimits;
import io.trigrun.internal.command.CommandJobHandler;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.secret.SecretCipher;
import io.trigrun.spi.Extension;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.trace.Tracing;
import io.trigrun.validation.Problems;
import io.trigrun.validation.StorableText;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Configures a {@link TrigRun}. Every setter refuses nonsense at once; everything has a default.
 * Not thread-safe.
 */
public final class TrigRunBuilder {

  private static final String DEFAULT_QUEUE = "default";

  private final Map<String, Integer> queues =
      new LinkedHashMap<>(Map.of(DEFAULT_QUEUE, 32, "http", 256));
  private final List<Function<PayloadCodec, HandlerRegistration>> handlers = new ArrayList<>();
  private final List<Extension> extensions = new ArrayList<>();
  private final List<TrigRunListener> listeners = new ArrayList<>();
  private JobStore store = new InMemoryJobStore();
  private Clock clock = Clock.systemUTC();
  private Optional<Boolean> alignClock = Optional.empty();
  private PayloadCodec codec = PayloadCodec.jackson();
  private Optional<HttpTransport> transport = Optional.empty();
  private Optional<EgressPolicy> egress = Optional.empty();
  private TracingHeaders tracing = TracingHeaders.DEFAULT;
  private Tracing tracer = Tracing.none();
  private String node = "node-" + UUID.randomUUID().toString().substring(0, 8);
  private Duration lease = Duration.ofSeconds(30);
  private Duration pollInterval = Duration.ofSeconds(1);
  private Duration lookAhead = Duration.ofMillis(50);
  private int maxPrefetch = 1_000;
  private boolean groupCompletions = true;
  private Retention retention = Retention.standard();
  private final Map<String, RateLimit> handlerRates = new LinkedHashMap<>();
  private final Map<String, RateLimit> hostRates = new LinkedHashMap<>();
  private Optional<RateLimit> otherHostsRate = Optional.empty();
  private int maxPayload = 1024 * 1024;
  private final Map<String, WorkspaceLimits> ownLimits = new LinkedHashMap<>();
  private Function<String, WorkspaceLimits> otherLimits = all(WorkspaceLimits.standard());
  private boolean commands;
  private Optional<SecretCipher> cipher = Optional.empty();

  TrigRunBuilder() {}

  /**
   * Where jobs and executions are kept. Default: the heap, which forgets them when the process
   * ends. Is not closed with the TrigRun.
   */
  public TrigRunBuilder store(JobStore value) {
    store = value;
    return this;
  }

  /** What the time is. Default: the system's clock. Give a {@code ManualClock} in tests. */
  public TrigRunBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /**
   * Whether the clock is kept at the time of a store that has a clock of its own, as databases do:
   * then a node whose clock is wrong neither starts work early nor takes over what others do.
   * Default: yes, unless the clock is a {@code ManualClock}.
   */
  public TrigRunBuilder alignClock(boolean value) {
    alignClock = Optional.of(value);
    return this;
  }

  /** How payloads become JSON and back. Default: {@link PayloadCodec#jackson()}. */
  public TrigRunBuilder payloadCodec(PayloadCodec value) {
    codec = value;
    return this;
  }

  /**
   * Host code that runs as a job, in the queue "default", retried as {@link RetryPolicy#standard()}
   * says unless its job says otherwise.
   *
   * @param name what executions refer to it by. It is stored: renaming a handler orphans what is
   *     enqueued
   * @param type the payload's type, {@link Json} for any
   * @throws io.trigrun.validation.ValidationException if the name is not 1 to 100 letters, digits,
   *     dots, dashes and underscores
   */
  public <P> TrigRunBuilder handler(String name, Class<P> type, JobHandler<P> handler) {
    return outcomeHandler(
        name,
        type,
        (payload, context) -> {
          handler.handle(payload, context);
          return Outcome.succeeded();
        });
  }

  /** As {@link #handler}, for code that says how it went. */
  public <P> TrigRunBuilder outcomeHandler(String name, Class<P> type, OutcomeHandler<P> handler) {
    return outcomeHandler(name, type, RetryPolicy.standard(), DEFAULT_QUEUE, handler);
  }

  /**
   * As {@link #outcomeHandler(String, Class, OutcomeHandler)}, with its own retry policy and queue.
   */
  public <P> TrigRunBuilder outcomeHandler(
      String name, Class<P> type, RetryPolicy retry, String queue, OutcomeHandler<P> handler) {
    Problems.require(
        !name.startsWith("trigrun."), "handler", "a name that does not start with trigrun.", name);
    handlers.add(
        chosen ->
            new HandlerRegistration(name, queue, retry, new HostHandler<>(type, handler, chosen)));
    return this;
  }

  /**
   * How many executions of a queue this node runs at once. Defaults: "default" 32, "http" 256,
   * others 64.
   *
   * @param permits 0 to 100,000; with 0 the queue is known, so that jobs can be saved for it, and
   *     served by other nodes
   */
  public TrigRunBuilder queue(String name, int permits) {
    HandlerNames.require("queue", name);
    Problems.require(
        permits >= 0 && permits <= 100_000, "queue." + name, "0 to 100,000 permits", permits);
    queues.put(name, permits);
    return this;
  }

  /** A part to add: notifications, for example. */
  public TrigRunBuilder extension(Extension value) {
    extensions.add(value);
    return this;
  }

  /** Somebody to tell what happens on this node. */
  public TrigRunBuilder listener(TrigRunListener value) {
    listeners.add(value);
    return this;
  }

  /**
   * Where HTTP calls may go: those of jobs, channels and callbacks, redirects included. What is
   * refused as it stands is refused when it is saved; what a name leads to is judged before each
   * call, and a refused call fails with the error class {@code EGRESS_REFUSED}. A transport of your
   * own says this itself: {@link #build} refuses both. Default: {@link EgressPolicy#standard()},
   * https to public addresses. Name your own services with {@link EgressPolicy.Builder#allowHost}.
   */
  public TrigRunBuilder egress(EgressPolicy value) {
    egress = Optional.of(value);
    return this;
  }

  /**
   * How HTTP calls leave, and where they may go: see {@link HttpTransport#egress()}. Default: the
   * JDK's client under the {@link #egress} policy. Is not closed with the TrigRun.
   */
  public TrigRunBuilder httpTransport(HttpTransport value) {
    transport = Optional.of(value);
    return this;
  }

  /** The prefix of the tracing headers of HTTP jobs. Default: {@code X-TrigRun-}. */
  public TrigRunBuilder tracingHeaderPrefix(String prefix) {
    tracing = new TracingHeaders(prefix);
    return this;
  }

  /**
   * How executions go on in the traces in which they were enqueued (row S26). Default: not at all.
   */
  public TrigRunBuilder tracing(Tracing value) {
    tracer = value;
    return this;
  }

  /**
   * The name of this node, unique among those that share the store. Default: a random one. 1 to 100
   * characters, none of them a control character.
   */
  public TrigRunBuilder node(String name) {
    Problems.require(
        !name.isBlank() && name.length() <= 100 && name.chars().noneMatch(Character::isISOControl),
        "node",
        "1 to 100 characters without control characters",
        name);
    StorableText.require(name, "node");
    node = name;
    return this;
  }

  /**
   * How long a dead node's work waits until another takes it over. Default 30 s; 1 s to 1 h. Leases
   * are extended three times in that time, so a pause of two thirds of it loses nothing.
   */
  public TrigRunBuilder lease(Duration value) {
    Problems.require(
        value.compareTo(Duration.ofSeconds(1)) >= 0 && value.compareTo(Duration.ofHours(1)) <= 0,
        "lease",
        "1 s to 1 h",
        value);
    lease = value;
    return this;
  }

  /**
   * How long to sleep at most when nothing is known to be due: how late this node may notice what
   * another one has enqueued. Default 1 s; 10 ms to 1 min. What this node enqueues itself, or has
   * seen coming, starts on time in any case.
   */
  public TrigRunBuilder pollInterval(Duration value) {
    Problems.require(
        value.compareTo(Duration.ofMillis(10)) >= 0 && value.compareTo(Duration.ofMinutes(1)) <= 0,
        "poll_interval",
        "10 ms to 1 min",
        value);
    pollInterval = value;
    return this;
  }

  /**
   * How many executions a queue may hold beyond its permits when they are short; up to 1,000 more
   * may have ended and wait for their record. Default 1,000; 0 to 10,000.
   */
  public TrigRunBuilder maxPrefetch(int value) {
    Problems.require(value >= 0 && value <= 10_000, "max_prefetch", "0 to 10,000", value);
    maxPrefetch = value;
    return this;
  }

  /**
   * Whether the ends of attempts that come together are written together. Default: yes, which is
   * several times faster on a database: a commit costs the same for one as for hundreds, and a
   * worker goes on with the next execution while the last one is being written. With no, each is
   * recorded in a transaction of its own and durable before its worker starts another one: a crash
   * then leaves at most one finished but unrecorded execution per permit, which will be run again.
   */
  public TrigRunBuilder groupCompletions(boolean value) {
    groupCompletions = value;
    return this;
  }

  /**
   * How long executions that have ended are remembered, with their attempts and unique keys.
   * Default: {@link Retention#standard()}, 30 days. A node that is started forgets what is older,
   * of the queues it knows, every 5 to 15 minutes, in small batches. Live executions are never
   * forgotten.
   */
  public TrigRunBuilder retention(Retention value) {
    retention = value;
    return this;
  }

  /**
   * How often attempts of a handler may start in the whole cluster, whatever job they are of. All
   * nodes should say the same: the limit of the node that runs an attempt counts. Default: as often
   * as they come.
   *
   * @param handler one that is registered: {@link #build} refuses others
   */
  public TrigRunBuilder rateLimitPerHandler(String handler, RateLimit limit) {
    HandlerNames.require("handler", handler);
    handlerRates.put(handler, limit);
    return this;
  }

  /**
   * How often calls to a host may start in the whole cluster: HTTP jobs and the deliveries of
   * notifications, all ports together; redirects that a job follows are not counted. All nodes
   * should say the same.
   *
   * @param host a host name or address as in a URL, without scheme and port; case does not matter
   * @throws io.trigrun.validation.ValidationException if it is no host
   */
  public TrigRunBuilder rateLimitPerHost(String host, RateLimit limit) {
    hostRates.put(RateLimits.host(host), limit);
    return this;
  }

  /**
   * As {@link #rateLimitPerHost(String, RateLimit)}, for each host that has no limit of its own:
   * each counts by itself. Default: none.
   */
  public TrigRunBuilder rateLimitPerHost(RateLimit limit) {
    otherHostsRate = Optional.of(limit);
    return this;
  }

  /**
   * Lets this node run {@linkplain io.trigrun.command.CommandAction commands}, with the rights of
   * its process, and save jobs that do: whoever may save a job can then run any program here. They
   * run in the queue "commands", 8 at once unless {@link #queue} says otherwise, and are not
   * retried unless their job says so. Default: jobs with commands are refused, and those of other
   * nodes are left to nodes that allow them.
   */
  public TrigRunBuilder allowCommands() {
    commands = true;
    queues.putIfAbsent(CommandJobHandler.QUEUE, CommandJobHandler.PERMITS);
    return this;
  }

  /**
   * What keeps secrets unreadable at rest; see {@link SecretCipher#aesGcm}. All nodes need the same
   * keys. Default: none, so that saving a secret is refused, and a job that needs one fails.
   */
  public TrigRunBuilder secrets(SecretCipher value) {
    cipher = Optional.of(value);
    return this;
  }

  /** The longest payload, in characters of JSON. Default 1,048,576; 1 to 16,777,216. */
  public TrigRunBuilder maxPayload(int characters) {
    Problems.require(
        characters >= 1 && characters <= 16 * 1024 * 1024,
        "max_payload",
        "1 to 16,777,216",
        characters);
    maxPayload = characters;
    return this;
  }

  /**
   * How much each workspace may hold that has no limits of its own (row S28). All nodes should say
   * the same: the limits of the node that creates something count. Default: {@link
   * WorkspaceLimits#standard()}.
   */
  public TrigRunBuilder workspaceLimits(WorkspaceLimits value) {
    return workspaceLimits(all(value));
  }

  private static Function<String, WorkspaceLimits> all(WorkspaceLimits value) {
    return name -> value;
  }

  /**
   * As {@link #workspaceLimits(WorkspaceLimits)}, for one workspace.
   *
   * @throws io.trigrun.validation.ValidationException if the name is none
   */
  public TrigRunBuilder workspaceLimits(String workspace, WorkspaceLimits value) {
    ownLimits.put(Workspace.requireName(workspace), value);
    return this;
  }

  /**
   * As {@link #workspaceLimits(WorkspaceLimits)}, for hosts that learn of tenants as they run.
   *
   * @param plan given the name of a workspace; called by any thread for each thing that is saved or
   *     enqueued, so it should answer at once; what it throws, the caller gets
   */
  public TrigRunBuilder workspaceLimits(Function<String, WorkspaceLimits> plan) {
    otherLimits = plan;
    return this;
  }

  private Function<String, WorkspaceLimits> limits() {
    Map<String, WorkspaceLimits> own = Map.copyOf(ownLimits);
    Function<String, WorkspaceLimits> others = otherLimits;
    return name -> {
      WorkspaceLimits found = own.get(name);
      return found == null ? others.apply(name) : found;
    };
  }

  /**
   * Puts it together. Starts nothing.
   *
   * @throws io.trigrun.validation.ValidationException if two handlers have the same name, a rate
   *     limit is for a handler that is not there, or there are both a transport and an egress
   *     policy
   */
  public TrigRun build() {
    Problems.require(
        transport.isEmpty() || egress.isEmpty(),
        "egress",
        "the policy of a transport of your own on the transport"
            + " (HttpTransport.jdkBuilder().egress(policy))",
        "both httpTransport(...) and egress(...)");
    HttpTransport http =
        transport.orElseGet(
            () ->
                HttpTransport.jdkBuilder().egress(egress.orElse(EgressPolicy.standard())).build());
    List<AutoCloseable> owned = transport.isPresent() ? List.of() : List.of(http);
    EngineSettings settings =
        new EngineSettings(
            node,
            queues,
            lease,
            pollInterval,
            lookAhead,
            maxPrefetch,
            500,
            groupCompletions,
            retention,
            new RateLimits(handlerRates, hostRates, otherHostsRate),
            maxPayload);
    try {
      return new TrigRun(new Assembly(parts(http, settings)), owned);
    } catch (RuntimeException e) {
      if (transport.isEmpty()) {
        http.close();
      }
      throw e;
    }
  }

  private Assembly.Parts parts(HttpTransport http, EngineSettings settings) {
    return new Assembly.Parts(
        store,
        clock,
        alignClock.orElse(!(clock instanceof ManualClock)),
        settings,
        codec,
        http,
        tracing,
        commands,
        tracer,
        handlers.stream().map(make -> make.apply(codec)).toList(),
        extensions,
        listeners,
        cipher,
        limits());
  }
}
