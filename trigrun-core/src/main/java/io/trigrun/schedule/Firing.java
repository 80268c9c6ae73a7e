package io.trigrun.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done when a planned firing comes up: which runs to enqueue now, and when to look
 * again.
 *
 * @param runs the instants to run for, oldest first, none after the present; at most 1000
 * @param next the firing to plan, after the present (or the planned one, when its time has not
 *     come)
 * @param skipped how many due firings get no run of their own; 10,000 means that many or more
 */
public record Firing(List<Instant> runs, Optional<Instant> next, int skipped) {
  static final int MOST_RUNS = 1000;
  static final int MOST_COUNTED = 10_000;

  public Firing {
    runs = List.copyOf(runs);
  }

  /**
   * Decides what becomes of a planned firing and of those that came due behind it. Pure, and fast
   * after any outage: it looks back from the present over at most some 11,000 firings.
   *
   * <p>Nothing is due before {@code plannedFor}; from then on everything is that the schedule has
   * fired up to {@code now}, {@code plannedFor} itself included even if the schedule (changed
   * since) would not fire then. If {@code plannedFor} is not missed, nothing is, and every due
   * firing runs. Otherwise the policy decides. Whatever the policy, at most the newest 1000 run.
   *
   * @param plannedFor the firing that the job's stored plan names
   * @param now the present, which may be any time after {@code plannedFor}
   * @param anchor see {@link Schedule#next}
   */
  public static Firing decide(
      Schedule schedule, MissedRunPolicy policy, Instant plannedFor, Instant now, Instant anchor) {
    if (now.isBefore(plannedFor)) {
      return new Firing(List.of(), Optional.of(plannedFor), 0);
    }
    Optional<Instant> next = schedule.next(now, anchor);
    if (schedule instanceof ImmediateSchedule || schedule instanceof ManualSchedule) {
      return new Firing(List.of(plannedFor), next, 0);
    }
    Selection selection = new Selection(policy, plannedFor, now);
    Optional<Instant> due = latest(schedule, now, anchor);
    while (due.isPresent() && due.get().isAfter(plannedFor) && selection.wantsMore()) {
      selection.offer(due.get());
      due = latest(schedule, due.get().minusNanos(1), anchor);
    }
    if (selection.wantsMore()) {
      selection.offer(plannedFor);
    }
    return new Firing(selection.oldestFirst(), next, selection.skipped);
  }

  private static Optional<Instant> latest(Schedule schedule, Instant notAfter, Instant anchor) {
    if (schedule instanceof CronSchedule cron) {
      return cron.latest(notAfter);
    }
    if (schedule instanceof IntervalSchedule interval) {
      return interval.latest(notAfter, anchor);
    }
    return Optional.empty();
  }

  /** Takes the due firings newest first. Once one is turned down, so are all older ones. */
  private static final class Selection {
    private final MissedRunPolicy policy;
    private final Duration plannedIsLate;
    private final Instant now;
    private final List<Instant> newestFirst = new ArrayList<>();
    private int missedRuns;
    private int skipped;

    Selection(MissedRunPolicy policy, Instant plannedFor, Instant now) {
      this.policy = policy;
      this.plannedIsLate = Duration.between(plannedFor, now);
      this.now = now;
    }

    boolean wantsMore() {
      return skipped < MOST_COUNTED;
    }

    void offer(Instant firing) {
      if (newestFirst.size() < MOST_RUNS && runs(firing)) {
        newestFirst.add(firing);
      } else {
        skipped++;
      }
    }

    private boolean runs(Instant firing) {
      boolean anyMissed = isMissed(plannedIsLate);
      if (anyMissed && policy instanceof MissedRunPolicy.RunOnce) {
        return newestFirst.isEmpty();
      }
      if (!isMissed(Duration.between(firing, now))) {
        return true;
      }
      return policy instanceof MissedRunPolicy.RunAll all && missedRuns++ < all.bound();
    }

    private boolean isMissed(Duration late) {
      return late.compareTo(policy.tolerance()) > 0;
    }

    List<Instant> oldestFirst() {
      Collections.reverse(newestFirst);
      return newestFirst;
    }
  }
}
