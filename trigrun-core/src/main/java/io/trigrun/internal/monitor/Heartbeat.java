package io.trigrun.internal.monitor;

import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.MonitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a monitor stands: pure, the one place that decides when one goes down and comes back.
 *
 * @param since what interval and grace are counted from: its creation, its latest ping or the end
 *     of its pause
 * @param downSince present from when it goes down until a ping brings it up
 */
record Heartbeat(
    MonitorSpec spec,
    MonitorState state,
    Instant since,
    Optional<Instant> lastPingAt,
    Optional<Instant> downSince) {

  /** How far the clocks of two nodes may be apart without one of them having been set. */
  private static final Duration SKEW = Duration.ofSeconds(1);

  static Heartbeat created(MonitorSpec spec, Instant now) {
    return new Heartbeat(spec, MonitorState.PENDING, now, Optional.empty(), Optional.empty());
  }

  /** When it goes down unless a ping comes; means nothing while it is not watched. */
  Instant deadline() {
    return since.plus(spec.expectedInterval()).plus(spec.grace());
  }

  Optional<Instant> nextExpectedAt() {
    return state.isWatched() ? Optional.of(since.plus(spec.expectedInterval())) : Optional.empty();
  }

  boolean isOverdue(Instant now) {
    return state.isWatched() && !now.isBefore(deadline());
  }

  Heartbeat pinged(Instant now) {
    Instant at = lastPingAt.filter(last -> isLittleLater(last, now)).orElse(now);
    return state == MonitorState.PAUSED
        ? new Heartbeat(spec, state, since, Optional.of(at), downSince)
        : new Heartbeat(
            spec,
            MonitorState.UP,
            isLittleLater(since, now) ? since : now,
            Optional.of(at),
            Optional.empty());
  }

  /**
   * Pings of two nodes may be stored in another order than their clocks say. If it is much later,
   * the clock was wrong before and has been set back: what it said then does not count.
   */
  private static boolean isLittleLater(Instant stored, Instant now) {
    return stored.isAfter(now) && !stored.isAfter(now.plus(SKEW));
  }

  /** It is overdue. */
  Heartbeat missed(Instant now) {
    return new Heartbeat(
        spec, MonitorState.DOWN, since, lastPingAt, Optional.of(downSince.orElse(now)));
  }

  Heartbeat paused() {
    return new Heartbeat(spec, MonitorState.PAUSED, since, lastPingAt, downSince);
  }

  Heartbeat resumed(Instant now) {
    return state == MonitorState.PAUSED
        ? new Heartbeat(spec, MonitorState.PENDING, now, lastPingAt, downSince)
        : this;
  }

  Heartbeat with(MonitorSpec other) {
    return new Heartbeat(other, state, since, lastPingAt, downSince);
  }

  /** Whether this, coming after another one, means that the monitor went down. */
  boolean wentDownAfter(Heartbeat before) {
    return state == MonitorState.DOWN && before.state != MonitorState.DOWN;
  }

  /** Whether this, coming after another one, means that the monitor recovered. */
  boolean recoveredAfter(Heartbeat before) {
    return before.downSince.isPresent() && downSince.isEmpty();
  }

  /**
   * Whether the check that was to look after another one comes too late for this, or not at all. A
   * check that comes too early does no harm: it goes back to sleep.
   */
  boolean needsNewCheckAfter(Heartbeat before) {
    return state.isWatched()
        && (!before.state.isWatched() || deadline().isBefore(before.deadline()));
  }
}
