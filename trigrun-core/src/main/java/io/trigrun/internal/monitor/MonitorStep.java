package io.trigrun.internal.monitor;

import io.trigrun.Failure;
import io.trigrun.monitor.MonitorChange;
import io.trigrun.monitor.MonitorChange.Kind;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.MonitorFollowUps;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A monitor's way from one version to the next, as one write.
 *
 * @param after the monitor as it is then
 * @param writes all of it: monitor, check, history and what follows
 * @param change what others want to hear of
 * @param due when its new check is due, if it gets one
 */
record MonitorStep(
    MonitorEntry after, WriteSet writes, Optional<MonitorChange> change, Optional<Instant> due) {

  /** To be told of by whoever has stored it. */
  static MonitorStep of(
      MonitorEntry before,
      Heartbeat beat,
      PingTail pings,
      Instant now,
      List<MonitorFollowUps> planners) {
    boolean fresh = beat.needsNewCheckAfter(before.beat());
    Optional<UUID> kept = beat.state().isWatched() ? before.check() : Optional.empty();
    Optional<UUID> check = fresh ? Optional.of(TimeOrderedId.at(now)) : kept;
    boolean full = pings.isFull();
    MonitorEntry after = before.next(beat, check, full ? pings.emptied() : pings, now);
    WriteSet writes = WriteSet.save(after.write());
    if (full) {
      writes = writes.plus(WriteSet.save(PingBlock.of(after.write(), pings, now)));
    }
    if (fresh) {
      writes = writes.plus(WriteSet.enqueue(List.of(MonitorCheck.of(after, now))));
    }
    Optional<MonitorChange> change = change(before, after, now);
    if (change.isPresent()) {
      for (MonitorFollowUps planner : planners) {
        writes = writes.plus(planner.plan(change.get()));
      }
    }
    return new MonitorStep(
        after, writes, change, fresh ? Optional.of(beat.deadline()) : Optional.empty());
  }

  private static Optional<MonitorChange> change(
      MonitorEntry before, MonitorEntry after, Instant now) {
    Optional<Instant> downSince = after.beat().downSince().or(before.beat()::downSince);
    Optional<Kind> kind =
        after.beat().wentDownAfter(before.beat())
            ? Optional.of(Kind.DOWN)
            : after.beat().recoveredAfter(before.beat())
                ? Optional.of(Kind.RECOVERED)
                : Optional.empty();
    return kind.map(what -> new MonitorChange(what, after.view(), downSince.orElse(now), now));
  }

  /** Takes back the check that the version before had, if it is not kept. */
  MonitorStep cancelling(MonitorEntry before, String why, Instant now) {
    return before.check().equals(after.check())
        ? this
        : new MonitorStep(after, writes.plus(cancelled(before, why, now)), change, due);
  }

  static WriteSet cancelled(MonitorEntry before, String why, Instant now) {
    return new WriteSet(
        List.of(),
        List.of(),
        before.check().stream()
            .map(id -> new Cancellation(id, new Failure(MonitorCheck.OUTDATED, why), now))
            .toList());
  }
}
