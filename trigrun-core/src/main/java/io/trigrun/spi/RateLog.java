package io.trigrun.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The turns that a rate's key has given, as far as they still matter: for stores to build upon. A
 * store keeps the {@linkplain #text() text} of each key, and must see to it that nobody else
 * changes it between the reading and the writing. Not thread-safe.
 *
 * <p>It is an exact sliding window. What keeps it short: under pressure turns repeat with the
 * window's length as their period, so a long queue is one {@link Series}; and when there are many
 * series, turns are put on a grid of 32 cells a window and those of a cell counted as if they were
 * anywhere in it, which may make a turn later by a cell, never earlier.
 */
public final class RateLog {

  private static final int EXACT = 64;
  private static final int CELLS = 32;
  private static final long NONE = Long.MIN_VALUE;

  /**
   * Turns that repeat: {@code count} of them somewhere from {@code first} to {@code first + width},
   * and again after each {@code step}, {@code times} in all. In microseconds since 1970.
   */
  private record Series(long first, long width, int count, long step, long times) {

    long last() {
      return first + step * (times - 1);
    }

    long end() {
      return last() + width;
    }

    /** The first of its repetitions whose end is at or after an instant; may be none of its. */
    long indexAt(long instant) {
      return Math.max(0, -Math.floorDiv(first + width - instant, step));
    }

    long countWithin(long start, long window) {
      long from = indexAt(start);
      long to = Math.min(times - 1, Math.floorDiv(start + window - 1 - first, step));
      return to < from ? 0 : (to - from + 1) * count;
    }

    Series without(long dropped) {
      return new Series(first + dropped * step, width, count, step, times - dropped);
    }
  }

  private final List<Series> all = new ArrayList<>();

  /** Nothing is free from the first to before the second, for this limit and window. */
  private long fullFrom;

  private long fullUntil;
  private int fullLimit;
  private long fullWindow;
  private long lastWindow;

  /** Turns that ended then or before are not known any more. */
  private long forgotten;

  private RateLog() {}

  /** Of a key that has given no turn. */
  public static RateLog empty() {
    return new RateLog();
  }

  /** Reads what {@link #text()} wrote. */
  public static RateLog parse(String text) {
    RateLog log = new RateLog();
    String[] lines = text.split("\n", -1);
    String[] full = lines[0].split(" ", -1);
    log.fullFrom = Long.parseLong(full[0]);
    log.fullUntil = Long.parseLong(full[1]);
    log.fullLimit = Integer.parseInt(full[2]);
    log.fullWindow = Long.parseLong(full[3]);
    log.lastWindow = Long.parseLong(full[4]);
    log.forgotten = Long.parseLong(full[5]);
    for (int i = 1; i < lines.length; i++) {
      String[] part = lines[i].split(" ", -1);
      log.all.add(
          new Series(
              Long.parseLong(part[0]),
              Long.parseLong(part[1]),
              Integer.parseInt(part[2]),
              Long.parseLong(part[3]),
              Long.parseLong(part[4])));
    }
    return log;
  }

  /** A few kilobytes at most. */
  public String text() {
    return Stream.concat(
            Stream.of(
                fullFrom
                    + " "
                    + fullUntil
                    + " "
                    + fullLimit
                    + " "
                    + fullWindow
                    + " "
                    + lastWindow
                    + " "
                    + forgotten),
            all.stream()
                .map(
                    one ->
                        one.first + " " + one.width + " " + one.count + " " + one.step + " "
                            + one.times))
        .collect(Collectors.joining("\n"));
  }

  /** From when on nothing in it matters, and a store may forget the key. */
  public Instant until() {
    long end = all.stream().mapToLong(Series::end).max().orElse(0);
    return instant(end + 2 * lastWindow);
  }

  /** The keys of reservations, in the order in which to lock them. */
  public static Set<String> keys(List<RateReservation> reservations) {
    return reservations.stream()
        .flatMap(one -> one.rates().stream())
        .map(Rate::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Gives a turn to each reservation, in their order.
   *
   * @param logs of all their keys; changed
   * @return the instants of the turns
   */
  public static List<Instant> reserve(
      List<RateReservation> reservations, Map<String, RateLog> logs) {
    List<Instant> turns = new ArrayList<>(reservations.size());
    for (RateReservation reservation : reservations) {
      turns.add(instant(reserve(reservation, logs)));
    }
    return turns;
  }

  private static long reserve(RateReservation reservation, Map<String, RateLog> logs) {
    long from = micros(reservation.from());
    long turn = from;
    for (Rate rate : reservation.rates()) {
      RateLog log = log(rate, logs);
      long window = micros(rate.window());
      log.forget(from, window);
      turn = Math.max(turn, Math.max(log.forgotten + window, log.firstFree(from, rate)));
    }
    long tried;
    do {
      tried = turn;
      for (Rate rate : reservation.rates()) {
        turn = Math.max(turn, log(rate, logs).free(turn, from, rate));
      }
    } while (turn != tried);
    for (Rate rate : reservation.rates()) {
      log(rate, logs).add(turn, micros(rate.window()));
    }
    return turn;
  }

  private static RateLog log(Rate rate, Map<String, RateLog> logs) {
    @Nullable RateLog log = logs.get(rate.key());
    if (log == null) {
      throw new IllegalArgumentException("expected the log of " + rate.key() + ", got none");
    }
    return log;
  }

  /** Keeps a window more than matters now: the clocks of those who ask are not quite the same. */
  private void forget(long now, long window) {
    lastWindow = window;
    long horizon = now - 2 * window;
    if (horizon <= forgotten) {
      return;
    }
    forgotten = horizon;
    for (int i = all.size() - 1; i >= 0; i--) {
      Series one = all.get(i);
      long over = one.indexAt(horizon + 1);
      if (over >= one.times) {
        all.remove(i);
      } else if (over > 0) {
        all.set(i, one.without(over));
      }
    }
  }

  /** As {@link #free}, and remembers what it learnt on the way: others begin behind it. */
  private long firstFree(long from, Rate rate) {
    long window = micros(rate.window());
    boolean known = fullLimit == rate.limit() && fullWindow == window;
    boolean within = known && from >= fullFrom && from <= fullUntil;
    long free = free(within ? fullUntil : from, from, rate);
    if (free > from) {
      fullFrom = within ? fullFrom : from;
      fullUntil = free;
      fullLimit = rate.limit();
      fullWindow = window;
    }
    return free;
  }

  /** The first instant at or after one that can take another turn. */
  private long free(long start, long from, Rate rate) {
    long window = micros(rate.window());
    long instant = start;
    while (true) {
      if (instant > from && all.size() >= EXACT) {
        long cell = cell(window);
        instant = -Math.floorDiv(-instant, cell) * cell;
      }
      long blocker = blocker(instant, rate.limit(), window);
      if (blocker == NONE) {
        return instant;
      }
      instant = blocker + window;
    }
  }

  /**
   * The end of the earliest turn in a full window that has the instant in it. As long as that one
   * is within reach, so are the others.
   */
  private long blocker(long instant, int limit, long window) {
    long start = instant - window + 1;
    if (count(start, window) >= limit) {
      return earliestEnd(start);
    }
    for (Series one : all) {
      // Windows that end with a turn after the instant: only where rates have to agree.
      long index = Math.max(0, Math.floorDiv(instant - one.first, one.step) + 1);
      for (; index < one.times && one.first + index * one.step < instant + window; index++) {
        long other = one.first + index * one.step - window + 1;
        if (count(other, window) >= limit) {
          return earliestEnd(other);
        }
      }
    }
    return NONE;
  }

  private long count(long start, long window) {
    long count = 0;
    for (Series one : all) {
      count += one.countWithin(start, window);
    }
    return count;
  }

  private long earliestEnd(long start) {
    long earliest = Long.MAX_VALUE;
    for (Series one : all) {
      long index = one.indexAt(start);
      if (index < one.times) {
        earliest = Math.min(earliest, one.first + index * one.step + one.width);
      }
    }
    return earliest;
  }

  private void add(long turn, long window) {
    long first = turn;
    long width = 0;
    long cell = cell(window);
    if (all.size() >= EXACT && Math.floorMod(turn, cell) != 0) {
      first = Math.floorDiv(turn, cell) * cell;
      width = cell - 1;
    }
    int count = 1;
    for (int i = 0; i < all.size(); i++) {
      Series one = all.get(i);
      if (one.last() == first && one.width == width) {
        count += one.count;
        if (one.times == 1) {
          all.remove(i);
        } else {
          all.set(i, new Series(one.first, one.width, one.count, one.step, one.times - 1));
        }
        break;
      }
    }
    append(new Series(first, width, count, window, 1));
  }

  /** Makes the series that it goes on with longer, if there is one. */
  private void append(Series next) {
    for (int i = 0; i < all.size(); i++) {
      Series one = all.get(i);
      if (one.last() + one.step == next.first
          && one.width == next.width
          && one.count == next.count
          && one.step == next.step) {
        all.set(i, new Series(one.first, one.width, one.count, one.step, one.times + 1));
        return;
      }
    }
    all.add(next);
    all.sort(Comparator.comparingLong(Series::first));
  }

  private static long cell(long window) {
    return Math.max(1, window / CELLS);
  }

  private static long micros(Duration window) {
    return window.toNanos() / 1_000;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
