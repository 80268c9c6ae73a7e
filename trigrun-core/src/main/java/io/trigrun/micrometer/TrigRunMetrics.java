package io.trigrun.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.trigrun.Health;
import io.trigrun.QueueBacklog;
import io.trigrun.TrigRun;
import io.trigrun.spi.StoreException;
import io.trigrun.spi.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells a Micrometer registry how a TrigRun fares (row S26): timers and counters of what this node
 * does, gauges of its permits, and of what is due in the store. Thread-safe.
 *
 * <pre>{@code
 * new TrigRunMetrics(trigrun).bindTo(registry);
 * }</pre>
 *
 * <p>Tags are the names of queues and handlers, states and statuses: as many series as the host has
 * of those, and none for each execution, job, workspace or node.
 *
 * <p>The gauges {@code trigrun.queue.due} and {@code trigrun.queue.oldest.age} ask the store, once
 * every 5 seconds at most, on the thread that reads them. They are NaN while the store does not
 * work.
 */
@SuppressWarnings("exports") // the host requires what it hands over
public final class TrigRunMetrics implements MeterBinder, AutoCloseable {

  private final TrigRun trigrun;
  private final Tags tags;
  private final Queue<Subscription> subscriptions = new ConcurrentLinkedQueue<>();

  /** Without tags of the host. */
  public TrigRunMetrics(TrigRun trigrun) {
    this(trigrun, List.of());
  }

  /**
   * With tags that all meters get: of two TrigRuns in one registry, what tells them apart.
   *
   * @param tags no two of the same key, and none that is called queue, handler, state or status
   */
  public TrigRunMetrics(TrigRun trigrun, Iterable<Tag> tags) {
    this.trigrun = trigrun;
    this.tags = Tags.of(tags);
  }

  /** Begins to count, and registers the gauges. Once for each registry. */
  @Override
  public void bindTo(MeterRegistry registry) {
    subscriptions.add(trigrun.subscribe(new EventMeters(registry, tags)));
    Gauge.builder(
            "trigrun.store.up", trigrun, each -> each.health().storeFailure().isEmpty() ? 1 : 0)
        .description("1 while the store works, else 0")
        .tags(tags)
        .register(registry);
    trigrun.health().permits().keySet().forEach(queue -> bindQueue(registry, queue));
  }

  private void bindQueue(MeterRegistry registry, String queue) {
    Tags queueTags = tags.and("queue", queue);
    Gauge.builder("trigrun.permits.used", trigrun, each -> permits(each, queue).used())
        .description("Executions of a queue that run on this node")
        .baseUnit("executions")
        .tags(queueTags)
        .register(registry);
    Gauge.builder("trigrun.permits.max", trigrun, each -> permits(each, queue).total())
        .description("How many executions of a queue may run on this node at once")
        .baseUnit("executions")
        .tags(queueTags)
        .register(registry);
    Gauge.builder(
            "trigrun.in.flight", trigrun, each -> each.health().inFlight().getOrDefault(queue, 0))
        .description("Executions this node holds: about to run, running, or not yet recorded")
        .baseUnit("executions")
        .tags(queueTags)
        .register(registry);
    Gauge.builder("trigrun.queue.due", trigrun, each -> due(each, queue))
        .description("Executions that are due and nobody works on, all nodes; counted to 10,000")
        .baseUnit("executions")
        .tags(queueTags)
        .register(registry);
    TimeGauge.builder(
            "trigrun.queue.oldest.age", trigrun, TimeUnit.SECONDS, each -> oldestAge(each, queue))
        .description("How long the first of those that are due has been due")
        .tags(queueTags)
        .register(registry);
  }

  private static Health.Permits permits(TrigRun trigrun, String queue) {
    return trigrun.health().permits().getOrDefault(queue, new Health.Permits(0, 0));
  }

  private static double due(TrigRun trigrun, String queue) {
    return backlog(trigrun, queue).map(QueueBacklog::due).map(Double::valueOf).orElse(Double.NaN);
  }

  private static double oldestAge(TrigRun trigrun, String queue) {
    return backlog(trigrun, queue)
        .map(each -> each.oldestAge().toMillis() / 1e3)
        .orElse(Double.NaN);
  }

  private static Optional<QueueBacklog> backlog(TrigRun trigrun, String queue) {
    try {
      return trigrun.backlog().stream().filter(each -> each.queue().equals(queue)).findFirst();
    } catch (StoreException e) { // which the host hears of by other ways
      return Optional.empty();
    }
  }

  /** Ends counting; what is registered stays as it is. Idempotent. */
  @Override
  public void close() {
    for (Subscription each = subscriptions.poll(); each != null; each = subscriptions.poll()) {
      each.close();
    }
  }
}
