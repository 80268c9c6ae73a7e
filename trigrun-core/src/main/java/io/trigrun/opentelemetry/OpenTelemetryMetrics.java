package io.trigrun.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.trigrun.Health;
import io.trigrun.QueueBacklog;
import io.trigrun.TrigRun;
import io.trigrun.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Tells OpenTelemetry how a TrigRun fares (row S26): histograms and counters of what this node
 * does, gauges of its permits, and of what is due in the store. Thread-safe.
 *
 * <p>Attributes are the names of queues and handlers, states and statuses: as many series as the
 * host has of those, and none for each execution, job, workspace or node.
 *
 * <p>The gauges {@code trigrun.queue.due} and {@code trigrun.queue.oldest.age} ask the store, once
 * every 5 seconds at most, on the thread that collects them. They have no value while the store
 * does not work.
 */
@SuppressWarnings("exports") // the host requires what it hands over
public final class OpenTelemetryMetrics implements AutoCloseable {

  private final List<AutoCloseable> open = new ArrayList<>();

  private OpenTelemetryMetrics() {}

  /** Observes it from now on, until this is closed. */
  public static OpenTelemetryMetrics observe(TrigRun trigrun, OpenTelemetry openTelemetry) {
    OpenTelemetryMetrics metrics = new OpenTelemetryMetrics();
    Meter meter = openTelemetry.getMeter(OpenTelemetryTracing.SCOPE);
    metrics.open.add(trigrun.subscribe(new EventInstruments(meter)));
    metrics.observeNode(trigrun, meter);
    metrics.observeStore(trigrun, meter);
    return metrics;
  }

  private void observeNode(TrigRun trigrun, Meter meter) {
    observePermits(
        trigrun, meter, "trigrun.permits.used", "Executions that run", Health.Permits::used);
    observePermits(
        trigrun, meter, "trigrun.permits.max", "How many may run at once", Health.Permits::total);
    open.add(
        meter
            .upDownCounterBuilder("trigrun.in_flight")
            .setUnit("{execution}")
            .setDescription(
                "Executions this node holds: about to run, running, or not yet recorded")
            .buildWithCallback(
                gauge ->
                    trigrun
                        .health()
                        .inFlight()
                        .forEach((queue, count) -> gauge.record(count, of(queue)))));
    open.add(
        meter
            .gaugeBuilder("trigrun.store.up")
            .ofLongs()
            .setDescription("1 while the store works, else 0")
            .buildWithCallback(
                gauge -> gauge.record(trigrun.health().storeFailure().isEmpty() ? 1 : 0)));
  }

  private void observePermits(
      TrigRun trigrun,
      Meter meter,
      String name,
      String description,
      ToLongFunction<Health.Permits> value) {
    open.add(
        meter
            .upDownCounterBuilder(name)
            .setUnit("{execution}")
            .setDescription(description + " of a queue, on this node")
            .buildWithCallback(
                gauge ->
                    trigrun
                        .health()
                        .permits()
                        .forEach(
                            (queue, permits) ->
                                gauge.record(value.applyAsLong(permits), of(queue)))));
  }

  private void observeStore(TrigRun trigrun, Meter meter) {
    open.add(
        meter
            .gaugeBuilder("trigrun.queue.due")
            .ofLongs()
            .setUnit("{execution}")
            .setDescription("Executions that are due and nobody works on; counted to 10,000")
            .buildWithCallback(
                gauge ->
                    backlog(trigrun).forEach(each -> gauge.record(each.due(), of(each.queue())))));
    open.add(
        meter
            .gaugeBuilder("trigrun.queue.oldest.age")
            .setUnit("s")
            .setDescription("How long the first of those that are due has been due")
            .buildWithCallback(
                gauge ->
                    backlog(trigrun)
                        .forEach(
                            each ->
                                gauge.record(
                                    each.oldestAge().toMillis() / 1e3, of(each.queue())))));
  }

  private static List<QueueBacklog> backlog(TrigRun trigrun) {
    try {
      return trigrun.backlog();
    } catch (StoreException e) { // which the host hears of by other ways
      return List.of();
    }
  }

  private static Attributes of(String queue) {
    return Attributes.of(EventInstruments.QUEUE, queue);
  }

  /** Observes no more. Idempotent. */
  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("expected an instrument to let go, it threw", e);
      }
    }
  }
}
