package io.trigrun.memory;

import io.trigrun.spi.RateLog;
import io.trigrun.spi.RateReservation;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The turns of all rate limits. Callers hold the store's lock. */
final class RateTable {

  private final Map<String, RateLog> logs = new HashMap<>();

  /** How many more turns to give before keys that are out of use are looked for. */
  private int untilSweep;

  List<Instant> reserve(List<RateReservation> reservations) {
    RateLog.keys(reservations).forEach(key -> logs.computeIfAbsent(key, k -> RateLog.empty()));
    List<Instant> turns = RateLog.reserve(reservations, logs);
    untilSweep -= reservations.size();
    if (untilSweep < 0) {
      reservations.stream()
          .map(RateReservation::from)
          .max(Comparator.naturalOrder())
          .ifPresent(now -> logs.values().removeIf(log -> log.until().isBefore(now)));
      untilSweep = logs.size();
    }
    return turns;
  }
}
