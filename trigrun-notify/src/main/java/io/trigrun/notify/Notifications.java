package io.trigrun.notify;

import io.trigrun.BackoffPolicy;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.Workspace;
import io.trigrun.notify.channel.BuiltInProviders;
import io.trigrun.notify.provider.ChannelProvider;
import io.trigrun.spi.Extension;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.Host;
import io.trigrun.spi.RevisionCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
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

  private static final BackoffPolicy BACKOFF =
      new BackoffPolicy(Duration.ofSeconds(10), 6, Duration.ofHours(1), 0.5);

  private final Providers providers;
  private final RetryPolicy retry;
  private final AtomicReference<@Nullable Host> host = new AtomicReference<>();

  private Notifications(Builder builder) {
    providers = new Providers(builder.providers);
    retry = builder.retry;
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
    return new Rules(host(), Workspace.requireName(workspace));
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
    RevisionCache<UUID, List<Route>> routes =
        joined.cache(new Routes(joined.store(), providers)::of);
    RevisionCache<UUID, Optional<Destination>> destinations =
        joined.cache(
            id ->
                Definitions.find(joined.store(), id, ChannelDefinition.KIND)
                    .map(definition -> Destination.of(definition, providers)));
    DeliveryVerdict verdict =
        new DeliveryVerdict(retry, () -> ThreadLocalRandom.current().nextLong());
    DeliveryHandler handler =
        new DeliveryHandler(joined.transport(), new DirectSends(), destinations, verdict);
    return new Contribution(
        List.of(
            new HandlerRegistration(DeliveryHandler.NAME, DeliveryHandler.QUEUE, retry, handler)),
        List.of(new DeliveryPlanner(routes)));
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

    private List<ChannelProvider<?>> providers = BuiltInProviders.all();
    private RetryPolicy retry = RetryPolicy.attempts(5).withBackoff(BACKOFF);

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

    /** For tests, until plug-ins are made public (row N18). */
    Builder providers(List<ChannelProvider<?>> value) {
      providers = List.copyOf(value);
      return this;
    }

    /** The notifications, to be given to a TrigRun. */
    public Notifications build() {
      return new Notifications(this);
    }
  }
}
