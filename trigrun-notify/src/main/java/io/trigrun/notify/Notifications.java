package io.trigrun.notify;

import io.trigrun.BackoffPolicy;
import io.trigrun.RetryPolicy;
import io.trigrun.StoreSession;
import io.trigrun.TrigRun;
import io.trigrun.Workspace;
import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.notify.channel.EmailService;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.route.AnswerExamples;
import io.trigrun.route.Route;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.Extension;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.Host;
import io.trigrun.spi.RevisionCache;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells others what happens to jobs: channels say where to, rules say when.
 *
 * <pre>{@code
 * Notifications notifications = Notifications.create();
 * TrigRun trigrun = TrigRun.builder().store(store).extension(notifications).build();
 * Channel ops =
 *     notifications
 *         .channels()
 *         .create(Channels.webhook("ops", "https://ops.example.com/hook").signingSecret(secret));
 * notifications.rules().add(job.id(), ops.id(), NotificationEvent.ON_FAILURE);
 * }</pre>
 *
 * <p>What follows from the end of an attempt is stored by the write that records it, so no message
 * is lost and none tells of what did not happen. A message may arrive twice, if the answer to the
 * first was lost: {@code X-TrigRun-Delivery-Id} tells. The order of messages is not promised.
 *
 * <p>Belongs to one TrigRun. Thread-safe.
 */
public final class Notifications implements Extension {

  private static final AnswerExamples ANSWERS =
      AnswerExamples.read(Notifications.class.getResourceAsStream("answers.json"));

  private static final BackoffPolicy BACKOFF =
      new BackoffPolicy(Duration.ofSeconds(10), 6, Duration.ofHours(1), 0.5);

  private final Providers providers;
  private final RetryPolicy retry;
  private final OwnEvents ownEvents;
  private final AtomicReference<@Nullable Host> host = new AtomicReference<>();

  private Notifications(Builder builder) {
    providers = builder.allProviders();
    retry = builder.retry;
    ownEvents = new OwnEvents(builder.events);
  }

  /** With the defaults of {@link #builder()}. */
  public static Notifications create() {
    return builder().build();
  }

  /** Settings, each with a default. */
  public static Builder builder() {
    return new Builder();
  }

  /** The channels of the default workspace. */
  public Channels channels() {
    return channels(TrigRun.DEFAULT_WORKSPACE);
  }

  /**
   * The channels of a workspace.
   *
   * @throws io.trigrun.validation.ValidationException if the name is none
   */
  public Channels channels(String workspace) {
    return new Channels(host(), providers, Workspace.requireName(workspace));
  }

  /** The rules of the default workspace. */
  public Rules rules() {
    return rules(TrigRun.DEFAULT_WORKSPACE);
  }

  /** The rules of a workspace; throws as {@link #channels(String)}. */
  public Rules rules(String workspace) {
    return new Rules(host(), providers, ownEvents, Workspace.requireName(workspace));
  }

  /** The filters of the default workspace. */
  public Filters filters() {
    return filters(TrigRun.DEFAULT_WORKSPACE);
  }

  /** The filters of a workspace; throws as {@link #channels(String)}. */
  public Filters filters(String workspace) {
    return new Filters(host(), Workspace.requireName(workspace));
  }

  /**
   * Tells of an event of the host's own, in the default workspace; see {@link #publish(String,
   * StoreSession, HostEvent)}.
   */
  public Published publish(HostEvent event) {
    return publish(TrigRun.DEFAULT_WORKSPACE, event);
  }

  /** Tells of an event of the host's own; see {@link #publish(String, StoreSession, HostEvent)}. */
  public Published publish(String workspace, HostEvent event) {
    return publish(workspace, StoreSession.own(), event);
  }

  /**
   * Tells of an event of the host's own (row N12): every channel with a rule for one of its types,
   * for one of its labels or the whole workspace, gets a message, as of the rules and channels at
   * this moment. What the deliveries need is stored when this returns, or with a session of the
   * host's when that commits.
   *
   * @throws io.trigrun.validation.ValidationException if one of its types was not declared with
   *     {@link Builder#event}
   * @throws IllegalArgumentException if the session is not one of the store's
   */
  public Published publish(String workspace, StoreSession session, HostEvent event) {
    Host joined = host();
    event.types().forEach(ownEvents::require);
    DestinationLoader destinations =
        new DestinationLoader(joined.store(), providers, new ChannelVault(joined.secrets()));
    Fanout fanout =
        new Fanout(
            Routing.fresh(joined.store()),
            destinations,
            new FlapPlanner(joined.store()),
            new ContentVault(joined.secrets()));
    return new Publisher(joined, fanout).publish(Workspace.requireName(workspace), session, event);
  }

  /** The noise control of the channels of the default workspace. */
  public NoiseControls noise() {
    return noise(TrigRun.DEFAULT_WORKSPACE);
  }

  /** The noise control of the channels of a workspace; throws as {@link #channels(String)}. */
  public NoiseControls noise(String workspace) {
    return new NoiseControls(host(), Workspace.requireName(workspace));
  }

  /** The deliveries of the default workspace. */
  public Deliveries deliveries() {
    return deliveries(TrigRun.DEFAULT_WORKSPACE);
  }

  /** The deliveries of a workspace; throws as {@link #channels(String)}. */
  public Deliveries deliveries(String workspace) {
    return new Deliveries(host(), Workspace.requireName(workspace));
  }

  /**
   * Called by the TrigRun that these notifications are given to.
   *
   * @throws IllegalStateException if they belong to another one already
   */
  @Override
  public Contribution join(Host joined) {
    if (!host.compareAndSet(null, joined)) {
      throw new IllegalStateException(
          "expected notifications that belong to no TrigRun yet, got some that do:"
              + " give each TrigRun its own Notifications.create()");
    }
    ChannelVault vault = new ChannelVault(joined.secrets());
    RevisionCache<UUID, Optional<Destination>> destinations =
        joined.cache(new DestinationLoader(joined.store(), providers, vault));
    ContentVault contents = new ContentVault(joined.secrets());
    DeliveryVerdict verdict =
        new DeliveryVerdict(retry, () -> ThreadLocalRandom.current().nextLong());
    DeliveryHandler handler =
        new DeliveryHandler(
            joined.transport(),
            new DirectSends(),
            destinations,
            verdict,
            new NoiseGate(joined.store()),
            contents);
    Fanout fanout =
        new Fanout(
            Routing.cached(joined), destinations::get, new FlapPlanner(joined.store()), contents);
    return new Contribution(
            List.of(
                new HandlerRegistration(
                    DeliveryHandler.NAME, DeliveryHandler.QUEUE, retry, handler),
                own(DigestHandler.NAME, new DigestHandler(joined.store(), fanout)),
                own(FlapHandler.NAME, new FlapHandler(joined.store(), fanout)),
                own(CollectHandler.NAME, new CollectHandler(joined.store())),
                own(HealthHandler.NAME, new HealthHandler(destinations::get, fanout))),
            List.of(new DeliveryPlanner(fanout, RunDetails.of(joined))))
        .withMonitorFollowUps(new MonitorPlanner(fanout))
        .withMessages(new RunOutlet(joined.store(), fanout))
        .withScheduleFilePart(new FilePart(joined, providers, vault, ownEvents))
        .withReencryption(() -> new ChannelReencryptor(joined).run())
        .withRoutes(routes(joined));
  }

  private List<Route> routes(Host joined) {
    List<Route> routes =
        Stream.of(
                new ChannelRoutes(joined, this, providers).all(),
                new RuleRoutes(this).all(),
                new DeliveryRoutes(this).all())
            .flatMap(List::stream)
            .toList();
    return ANSWERS.on(routes);
  }

  /** Of the library's own executions, which are tried until they succeed. */
  private static HandlerRegistration own(String name, ExecutionHandler handler) {
    return new HandlerRegistration(
        name, DeliveryHandler.QUEUE, RetryPolicy.attempts(1).withBackoff(BACKOFF), handler);
  }

  private Host host() {
    Host joined = host.get();
    if (joined == null) {
      throw new IllegalStateException(
          "expected notifications that belong to a TrigRun, got some that do not:"
              + " call TrigRun.builder().extension(notifications).build() first");
    }
    return joined;
  }

  /** Builds {@link Notifications}. */
  public static final class Builder {

    private List<ChannelProvider<?>> builtIn = BuiltInProviders.all();
    private final List<ChannelProvider<?>> added = new ArrayList<>();
    private Optional<String> emailAdvice = Optional.empty();
    private boolean discover = true;
    private RetryPolicy retry = RetryPolicy.attempts(5).withBackoff(BACKOFF);
    private final Set<String> events = new LinkedHashSet<>();

    private Builder() {}

    /**
     * How often and how soon a delivery is sent again after a transient failure; its list of
     * statuses is not used, because the kind of channel decides that. Default: 5 attempts, 10 s
     * apart at first, then 6 times as long each time, up to an hour, half of it jitter.
     */
    public Builder retry(RetryPolicy value) {
      retry = value;
      return this;
    }

    /**
     * Declares an event of the host's own (row N12), so that rules can name it and a slip of the
     * pen is found when a rule is saved, not when nobody was told.
     *
     * @param type as for {@link NotificationEvent#own}
     * @throws io.trigrun.validation.ValidationException for another form
     */
    public Builder event(String type) {
      events.add(NotificationEvent.own(type).ruleName());
      return this;
    }

    /**
     * The server of the Bot API that Telegram channels are sent through, and the only one: a
     * self-hosted one, or a test's. The egress policy has to let it out. Default: {@code
     * https://api.telegram.org}.
     *
     * @param url absolute, http or https, without query and fragment; a path is kept
     * @throws io.trigrun.validation.ValidationException naming {@code telegram_api_url}
     */
    public Builder telegramApiUrl(URI url) {
      ChannelProvider<?> telegram = BuiltInProviders.telegram(url);
      String type = telegram.spec().type();
      List<ChannelProvider<?>> others = new ArrayList<>(builtIn);
      others.replaceAll(provider -> provider.spec().type().equals(type) ? telegram : provider);
      builtIn = List.copyOf(others);
      return this;
    }

    /**
     * How mail leaves, which channels of type {@code email} need: {@code ResendMail.of(apiKey,
     * from)} or {@code SmtpMail.of(url, from)} (row N3). Default: not at all, and such channels are
     * refused.
     */
    public Builder email(EmailService service) {
      return provider(BuiltInProviders.email(service));
    }

    /**
     * What is told to who saves a channel of type {@code email} where {@link #email} was not
     * called: how to set it up, in words for those who run this program. Default: what its author
     * has to add to the code.
     *
     * @param advice part of a sentence, such as {@code start the server with --smtp-url}
     */
    public Builder emailAdvice(String advice) {
      emailAdvice = Optional.of(advice);
      return this;
    }

    /** Another kind of channel (row N18), of a type that no other provider has. */
    public Builder provider(ChannelProvider<?> provider) {
      added.add(provider);
      return this;
    }

    /**
     * Whether providers are found that are declared as a service {@code ChannelProvider}, by the
     * context class loader of the thread that calls {@link #build} and by that of this library.
     * Default: yes.
     */
    public Builder discoverProviders(boolean value) {
      discover = value;
      return this;
    }

    /** For tests: these instead of the kinds that come with the library. */
    Builder providers(List<ChannelProvider<?>> value) {
      builtIn = List.copyOf(value);
      return this;
    }

    private Providers allProviders() {
      List<ChannelProvider<?>> all = new ArrayList<>(builtIn);
      all.addAll(added);
      if (discover) {
        all.addAll(DiscoveredProviders.load());
      }
      return emailAdvice
          .map(advice -> new Providers(all, advice))
          .orElseGet(() -> new Providers(all));
    }

    /**
     * The notifications, to be given to a TrigRun.
     *
     * @throws IllegalArgumentException if two providers have the same type, or one has a type that
     *     is none
     * @throws java.util.ServiceConfigurationError if a provider was found that can't be created
     */
    public Notifications build() {
      return new Notifications(this);
    }
  }
}
