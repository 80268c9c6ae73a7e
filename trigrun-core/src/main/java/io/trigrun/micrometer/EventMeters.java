package io.trigrun.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.event.TrigRunListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Turns events into timers and counters. */
final class EventMeters implements TrigRunListener {

  private final MeterProvider<Timer> attempts;
  private final MeterProvider<Timer> delays;
  private final MeterProvider<Counter> ends;
  private final MeterProvider<Counter> retries;
  private final Counter leasesLost;
  private final Counter outages;

  EventMeters(MeterRegistry registry, Tags tags) {
    attempts =
        Timer.builder("trigrun.attempts")
            .description("Attempts that were recorded, and how long their handlers took")
            .tags(tags)
            .withRegistry(registry);
    delays =
        Timer.builder("trigrun.start.delay")
            .description("How long after it was due an attempt began")
            .tags(tags)
            .withRegistry(registry);
    ends =
        Counter.builder("trigrun.executions.ended")
            .description("Executions that an attempt on this node has ended")
            .tags(tags)
            .withRegistry(registry);
    retries =
        Counter.builder("trigrun.retries")
            .description("Attempts that failed and are to be made again")
            .tags(tags)
            .withRegistry(registry);
    leasesLost =
        Counter.builder("trigrun.leases.lost")
            .description("Runs on this node that were cancelled or taken over by others")
            .tags(tags)
            .register(registry);
    outages =
        Counter.builder("trigrun.store.outages")
            .description("How often the store has stopped working")
            .tags(tags)
            .register(registry);
  }

  @Override
  public void on(TrigRunEvent event) {
    if (event instanceof TrigRunEvent.AttemptStarted started) {
      Duration delay = Duration.between(started.dueAt(), started.at());
      delays
          .withTags(names(started.execution()))
          .record(delay.isNegative() ? Duration.ZERO : delay);
    } else if (event instanceof TrigRunEvent.AttemptEnded ended) {
      ended(ended.execution(), ended.attempt());
    } else if (event instanceof TrigRunEvent.LeaseLost) {
      leasesLost.increment();
    } else if (event instanceof TrigRunEvent.StoreUnavailable) {
      outages.increment();
    }
  }

  private void ended(Execution execution, Optional<Attempt> attempt) {
    Tags names = names(execution);
    attempt.ifPresent(
        each -> attempts.withTags(names.and("status", word(each.status()))).record(each.latency()));
    if (execution.state().isFinal()) {
      ends.withTags(names.and("state", word(execution.state()))).increment();
    } else if (execution.state() == ExecutionState.PENDING
        && attempt.filter(each -> each.status() != AttemptStatus.SUCCESS).isPresent()) {
      retries.withTags(names).increment();
    }
  }

  private static Tags names(Execution execution) {
    return Tags.of("handler", execution.handler(), "queue", execution.queue());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
