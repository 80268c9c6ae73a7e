package io.trigrun.workflow;

import io.trigrun.TrigRun;
import io.trigrun.Workspace;
import io.trigrun.handler.PayloadCodec;
import io.trigrun.inbound.InboundRoutes;
import io.trigrun.spi.Extension;
import io.trigrun.spi.Host;
import io.trigrun.validation.Problems;
import io.trigrun.workflow.definition.HandlerStep;
import io.trigrun.workflow.definition.Workflow;
import io.trigrun.workflow.inbound.TriggerRoutes;
import io.trigrun.workflow.internal.link.LinkKeys;
import io.trigrun.workflow.internal.link.WaitUrls;
import io.trigrun.workflow.internal.management.WorkflowManagement;
import io.trigrun.workflow.internal.run.Engine;
import io.trigrun.workflow.internal.run.StepFunction;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs of several steps that survive restarts, wait for callbacks and ask people.
 *
 * <pre>{@code
 * Workflows workflows =
 *     Workflows.builder()
 *         .handler("ship-order", Order.class, (order, step) -> shop.ship(order))
 *         .links("https://jobs.example.com", LinkKey.of("2026", secret))
 *         .build();
 * TrigRun trigrun = TrigRun.builder().store(store).extension(workflows).build();
 * Job job =
 *     trigrun.jobs().save(
 *         JobSpec.named("orders")
 *             .action(
 *                 Workflow.of(
 *                     Step.approval("review", "Ship order {{trigger.body.id}}?"),
 *                     Step.handler("ship", "ship-order").input("\"{{trigger.body}}\"")))
 *             .build());
 * workflows.runs().start(job.id(), "{\"id\": 42}");
 * }</pre>
 *
 * <p>A step whose end was recorded never runs again. One that a node died in is made again, with
 * the same {@linkplain StepContext#idempotencyKey idempotency key}. A run that waits holds neither
 * a thread nor a connection.
 *
 * <p>Belongs to one TrigRun. Thread-safe.
 */
public final class Workflows implements Extension {

  private static final Duration LONGEST_BY_DEFAULT = Duration.ofHours(2);

  private final Map<String, StepFunction<?>> functions;
  private final Optional<WaitUrls> urls;
  private final Optional<LinkKeys> keys;
  private final ApproverResolver resolver;
  private final Duration longest;
  private final TriggerLimits triggerLimits;
  private final AtomicReference<@Nullable Engine> engine = new AtomicReference<>();

  private Workflows(Builder builder) {
    functions = builder.functions();
    keys = builder.keys;
    urls = builder.keys.map(known -> new WaitUrls(builder.publicUrl, known));
    resolver = builder.resolver;
    longest = builder.longest;
    triggerLimits = builder.triggerLimits;
  }

  /** With the defaults of {@link #builder()}, and so without handlers and links. */
  public static Workflows create() {
    return builder().build();
  }

  /** Settings, each with a default. */
  public static Builder builder() {
    return new Builder();
  }

  /** The runs of the default workspace. */
  public WorkflowRuns runs() {
    return runs(TrigRun.DEFAULT_WORKSPACE);
  }

  /**
   * The runs of a workspace.
   *
   * @throws io.trigrun.validation.ValidationException if the name is none
   */
  public WorkflowRuns runs(String workspace) {
    return engine().runs(Workspace.requireName(workspace));
  }

  /** The addresses at which webhooks start jobs of the default workspace. */
  public Triggers triggers() {
    return triggers(TrigRun.DEFAULT_WORKSPACE);
  }

  /** The addresses at which webhooks start jobs of a workspace; throws as {@link #runs(String)}. */
  public Triggers triggers(String workspace) {
    return engine().triggers(Workspace.requireName(workspace));
  }

  /** Takes deliveries to triggers: for hosts with endpoints of their own. */
  public TriggerDesk triggerDesk() {
    return engine().triggerDesk();
  }

  /** The persistent contexts of the default workspace's jobs. */
  public JobContextValues contexts() {
    return contexts(TrigRun.DEFAULT_WORKSPACE);
  }

  /** The persistent contexts of a workspace's jobs; throws as {@link #runs(String)}. */
  public JobContextValues contexts(String workspace) {
    return engine().contexts(Workspace.requireName(workspace));
  }

  /**
   * What the world calls, to be mounted where {@link Builder#links} says, below {@code /v1}: {@code
   * /triggers/<token>}, {@code /resume/<token>}, {@code /approvals/<token>}, and with {@code
   * /approve} and {@code /reject} after it; without {@link Builder#links} only the first of them.
   * {@code GET} and {@code HEAD} change nothing.
   */
  public InboundRoutes routes() {
    InboundRoutes triggers = new TriggerRoutes(triggerDesk());
    return keys.map(known -> InboundRoutes.of(triggers, engine().waitRoutes(known, resolver)))
        .orElse(triggers);
  }

  /**
   * Called by the TrigRun that these workflows are given to.
   *
   * @throws IllegalStateException if they belong to another one already
   */
  @Override
  public Contribution join(Host host) {
    Engine joined = new Engine(host, functions, urls, longest, triggerLimits);
    if (!engine.compareAndSet(null, joined)) {
      throw new IllegalStateException(
          "expected workflows that belong to no TrigRun yet, got some that do:"
              + " give each TrigRun its own Workflows");
    }
    return WorkflowManagement.with(joined.contribution(), host, joined);
  }

  private Engine engine() {
    Engine joined = engine.get();
    if (joined == null) {
      throw new IllegalStateException(
          "expected workflows that belong to a TrigRun, got some that do not:"
              + " give them to TrigRunBuilder.extension() first");
    }
    return joined;
  }

  /** Builds {@link Workflows}. */
  public static final class Builder {

    private final Map<String, Function<PayloadCodec, StepFunction<?>>> handlers =
        new LinkedHashMap<>();
    private PayloadCodec codec = PayloadCodec.jackson();
    private Optional<LinkKeys> keys = Optional.empty();
    private String publicUrl = "";
    private ApproverResolver resolver = ApproverResolver.none();
    private Duration longest = LONGEST_BY_DEFAULT;
    private TriggerLimits triggerLimits = TriggerLimits.defaults();

    private Builder() {}

    /**
     * A Java function for {@link HandlerStep}s.
     *
     * @param name 1 to 100 letters, digits, dots, dashes and underscores. It is stored with runs
     * @param input what its input is read as
     * @throws io.trigrun.validation.ValidationException if the name is none, or given twice
     */
    public <I> Builder handler(String name, Class<I> input, StepHandler<I> handler) {
      HandlerStep.requireName(name);
      Problems.require(
          handlers.putIfAbsent(name, codec -> new StepFunction<>(input, handler, codec)) == null,
          "handler",
          "a name that no other handler has",
          name);
      return this;
    }

    /** How inputs of handlers are read and their outputs written. Default: Jackson 3. */
    public Builder codec(PayloadCodec value) {
      codec = value;
      return this;
    }

    /**
     * Lets runs wait for callbacks and ask people: how the world reaches the host, and what vouches
     * for the links. Default: neither, and workflows that wait for either are refused.
     *
     * @param publicUrl {@code https://jobs.example.com}, maybe with a path: what {@code
     *     /v1/resume/...} and {@code /v1/approvals/...} follow
     * @param key makes links
     * @param older keys that still vouch for the links they have made
     * @throws io.trigrun.validation.ValidationException if the URL is none, or keys share an id
     */
    public Builder links(String publicUrl, LinkKey key, LinkKey... older) {
      LinkKeys all = new LinkKeys(key, Arrays.asList(older));
      WaitUrls ignored = new WaitUrls(publicUrl, all); // refuses what is no URL
      this.keys = Optional.of(all);
      this.publicUrl = publicUrl;
      return this;
    }

    /**
     * Who decides, as the host's login knows. Default: nobody knows; the name that people give is
     * kept as claimed.
     */
    public Builder approvers(ApproverResolver value) {
      resolver = value;
      return this;
    }

    /**
     * The longest {@link Workflow#maxDuration} that a job may have (row W8). Default two hours; 1 s
     * to 366 days.
     */
    public Builder maxWorkflowDuration(Duration value) {
      Problems.require(
          value.toSeconds() >= 1 && value.compareTo(Duration.ofDays(366)) <= 0,
          "max_workflow_duration_seconds",
          "1 s to 366 days",
          value);
      longest = value;
      return this;
    }

    /** What each node takes of deliveries at most. Default: {@link TriggerLimits#defaults}. */
    public Builder triggerLimits(TriggerLimits value) {
      triggerLimits = value;
      return this;
    }

    private Map<String, StepFunction<?>> functions() {
      Map<String, StepFunction<?>> made = new LinkedHashMap<>();
      handlers.forEach((name, make) -> made.put(name, make.apply(codec)));
      return made;
    }

    /** Puts it together. */
    public Workflows build() {
      return new Workflows(this);
    }
  }
}
