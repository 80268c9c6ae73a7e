package io.trigrun.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle: a wall clock watched tick by tick over a stretch of real time. It follows the
 * documented rule from the watcher's side. A wild schedule fires whenever the clock shows a
 * matching minute; a fixed one whenever the clock shows or jumps over a matching minute for the
 * first time.
 */
final class ClockWalk {
  /** The first tick, in epoch seconds. */
  private final long from;

  private final int tick;
  private final long before;

  /** What the clock shows at each tick, as seconds since 1970 in local time. */
  private final long[] shown;

  private ClockWalk(long from, int tick, long before, long[] shown) {
    this.from = from;
    this.tick = tick;
    this.before = before;
    this.shown = shown;
  }

  /** Watches once a minute, which is right for offsets in whole minutes only, or each second. */
  static ClockWalk over(ZoneId zone, Instant start, Instant end, Duration tick) {
    ZoneRules rules = zone.getRules();
    int seconds = (int) tick.toSeconds();
    long from = Math.floorDiv(start.getEpochSecond(), seconds) * seconds;
    long[] shown = new long[(int) ((end.getEpochSecond() - from) / seconds)];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = localAt(rules, from + (long) i * seconds);
    }
    return new ClockWalk(from, seconds, localAt(rules, from - seconds), shown);
  }

  Instant start() {
    return Instant.ofEpochSecond(from);
  }

  /** The end of the watch, which it does not include. */
  Instant end() {
    return Instant.ofEpochSecond(from + (long) shown.length * tick);
  }

  List<Instant> firings(CronCase cron) {
    Matching matching = new Matching(cron);
    List<Instant> firings = new ArrayList<>();
    long furthest = before;
    for (int i = 0; i < shown.length; i++) {
      boolean fires =
          cron.wild()
              ? shown[i] % 60 == 0 && matching.test(Math.floorDiv(shown[i], 60L))
              : matching.any(furthest, shown[i]);
      if (fires) {
        firings.add(Instant.ofEpochSecond(from + (long) i * tick));
      }
      furthest = Math.max(furthest, shown[i]);
    }
    return firings;
  }

  private static long localAt(ZoneRules rules, long epochSecond) {
    return epochSecond + rules.getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
  }

  /** Remembers the answers for times of day and for the day last asked about, for speed only. */
  private static final class Matching {
    private final CronCase cron;
    private final boolean[] times = new boolean[24 * 60];
    private long day = Long.MIN_VALUE;
    private boolean dayMatches;

    Matching(CronCase cron) {
      this.cron = cron;
      for (int minute = 0; minute < times.length; minute++) {
        times[minute] = cron.matchesTime(minute / 60, minute % 60);
      }
    }

    /** Whether any whole minute after one local second and up to another matches. */
    boolean any(long afterSecond, long toSecond) {
      for (long m = Math.floorDiv(afterSecond, 60L) + 1; m * 60 <= toSecond; m++) {
        if (test(m)) {
          return true;
        }
      }
      return false;
    }

    boolean test(long localMinute) {
      long asked = Math.floorDiv(localMinute, 1440L);
      if (asked != day) {
        day = asked;
        dayMatches = cron.matchesDay(LocalDate.ofEpochDay(asked));
      }
      return dayMatches && times[(int) Math.floorMod(localMinute, 1440L)];
    }
  }
}
