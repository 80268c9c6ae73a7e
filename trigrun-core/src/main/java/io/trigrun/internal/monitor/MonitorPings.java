package io.trigrun.internal.monitor;

import io.trigrun.event.TrigRunEvent;
import io.trigrun.monitor.MonitorChange;
import io.trigrun.monitor.MonitorState;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import io.trigrun.spi.Conflict;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.MonitorFollowUps;
import io.trigrun.spi.WriteResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes pings, by compare-and-set: one read and one write each. Who comes second reads again and
 * writes after the first.
 */
public final class MonitorPings {

  /**
   * How often a ping may come second. Each time another ping, or a change by the host, was faster,
   * so that by then the monitor has heard from its program more than often enough.
   */
  private static final int MOST_TRIES = 100;

  private final JobStore store;
  private final Supplier<Instant> clock;
  private final Consumer<TrigRunEvent> events;
  private final List<MonitorFollowUps> planners;
  private final Consumer<Instant> wakeFor;

  public MonitorPings(
      JobStore store,
      Supplier<Instant> clock,
      Consumer<TrigRunEvent> events,
      List<MonitorFollowUps> planners,
      Consumer<Instant> wakeFor) {
    this.store = store;
    this.clock = clock;
    this.events = events;
    this.planners = List.copyOf(planners);
    this.wakeFor = wakeFor;
  }

  /** A ping for a monitor of any workspace. */
  public PingResult ping(String token, PingSource source) {
    return ping(token, source, monitor -> true);
  }

  PingResult ping(String token, PingSource source, Predicate<Definition> mine) {
    if (!MonitorToken.isPossible(token)) {
      return PingResult.UNKNOWN;
    }
    String hash = MonitorToken.hash(token);
    PingResult result = PingResult.UNKNOWN;
    boolean history = true;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<MonitorEntry> found =
          store.findDefinitionByKey(MonitorEntry.KIND, hash).filter(mine).map(MonitorEntry::read);
      if (found.isEmpty()) {
        return PingResult.UNKNOWN;
      }
      MonitorStep step = step(found.get(), source, history);
      result = resultOf(step.after());
      Optional<Conflict> conflict = store(step);
      if (conflict.isEmpty()) {
        return result;
      }
      history &= !PingBlock.isSlotOf(found.get().id(), conflict.get().definitionId());
    }
    return result;
  }

  private MonitorStep step(MonitorEntry monitor, PingSource source, boolean history) {
    Instant now = clock.get().truncatedTo(ChronoUnit.MICROS);
    Heartbeat beat = monitor.beat().pinged(now);
    PingTail tail = monitor.pings().plus(now, source);
    return MonitorStep.of(monitor, beat, history ? tail : tail.emptied(), now, planners)
        .cancelling(monitor, "the monitor's clock was set back", now);
  }

  private Optional<Conflict> store(MonitorStep step) {
    if (store.write(step.writes()) instanceof WriteResult.Refused refused) {
      return Optional.of(refused.conflict());
    }
    step.due().ifPresent(wakeFor);
    step.change().ifPresent(this::tell);
    return Optional.empty();
  }

  private void tell(MonitorChange change) {
    events.accept(
        new TrigRunEvent.MonitorRecovered(change.at(), change.monitor(), change.downSince()));
  }

  private static PingResult resultOf(MonitorEntry monitor) {
    return monitor.beat().state() == MonitorState.PAUSED ? PingResult.PAUSED : PingResult.UP;
  }
}
