package io.trigrun.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.event.TrigRunListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Turns events into measurements. */
final class EventInstruments implements TrigRunListener {

  static final AttributeKey<String> QUEUE = AttributeKey.stringKey("trigrun.queue");
  private static final AttributeKey<String> HANDLER = AttributeKey.stringKey("trigrun.handler");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("trigrun.status");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("trigrun.state");

  private final DoubleHistogram attempts;
  private final DoubleHistogram delays;
  private final LongCounter ends;
  private final LongCounter retries;
  private final LongCounter leasesLost;
  private final LongCounter outages;

  EventInstruments(Meter meter) {
    attempts =
        seconds(
            meter,
            "trigrun.attempt.duration",
            "Attempts that were recorded, and how long their handlers took");
    delays = seconds(meter, "trigrun.start.delay", "How long after it was due an attempt began");
    ends =
        counter(
            meter,
            "trigrun.executions.ended",
            "{execution}",
            "Executions that an attempt on this node has ended");
    retries =
        counter(
            meter, "trigrun.retries", "{attempt}", "Attempts that failed and are to be made again");
    leasesLost =
        counter(
            meter,
            "trigrun.leases.lost",
            "{lease}",
            "Runs on this node that were cancelled or taken over by others");
    outages =
        counter(
            meter, "trigrun.store.outages", "{outage}", "How often the store has stopped working");
  }

  private static DoubleHistogram seconds(Meter meter, String name, String description) {
    return meter.histogramBuilder(name).setUnit("s").setDescription(description).build();
  }

  private static LongCounter counter(Meter meter, String name, String unit, String description) {
    return meter.counterBuilder(name).setUnit(unit).setDescription(description).build();
  }

  @Override
  public void on(TrigRunEvent event) {
    if (event instanceof TrigRunEvent.AttemptStarted started) {
      double late = seconds(Duration.between(started.dueAt(), started.at()));
      delays.record(Math.max(0, late), names(started.execution()));
    } else if (event instanceof TrigRunEvent.AttemptEnded ended) {
      ended(ended.execution(), ended.attempt());
    } else if (event instanceof TrigRunEvent.LeaseLost) {
      leasesLost.add(1);
    } else if (event instanceof TrigRunEvent.StoreUnavailable) {
      outages.add(1);
    }
  }

  private void ended(Execution execution, Optional<Attempt> attempt) {
    Attributes names = names(execution);
    attempt.ifPresent(
        each ->
            attempts.record(
                seconds(each.latency()),
                names.toBuilder().put(STATUS, word(each.status())).build()));
    if (execution.state().isFinal()) {
      ends.add(1, names.toBuilder().put(STATE, word(execution.state())).build());
    } else if (execution.state() == ExecutionState.PENDING
        && attempt.filter(each -> each.status() != AttemptStatus.SUCCESS).isPresent()) {
      retries.add(1, names);
    }
  }

  private static Attributes names(Execution execution) {
    return Attributes.of(HANDLER, execution.handler(), QUEUE, execution.queue());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
