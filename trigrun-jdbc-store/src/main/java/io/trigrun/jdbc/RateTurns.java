package io.trigrun.jdbc;

import io.trigrun.spi.RateLog;
import io.trigrun.spi.RateReservation;
import io.trigrun.spi.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link io.trigrun.spi.JobStore#reserve}: a row for each key, locked in the order of the keys, so
 * that those who ask for several at once do not get into each other's way.
 */
final class RateTurns {

  private static final String LOCK =
      """
      SELECT rate_key, turns FROM trigrun_rate
      WHERE rate_key = ANY (?) ORDER BY rate_key FOR UPDATE
      """;

  private static final String INSERT =
      "INSERT INTO trigrun_rate (turns, until_at, rate_key) VALUES (?, ?, ?)";

  private static final String UPDATE =
      "UPDATE trigrun_rate SET turns = ?, until_at = ? WHERE rate_key = ?";

  private static final String FORGET = "DELETE FROM trigrun_rate WHERE until_at < ?";

  /** How many turns are given before keys that are out of use are forgotten. */
  private static final int SWEEP = 1_000;

  /** Nodes may be of different minds about the time. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Database database;
  private final AtomicInteger given = new AtomicInteger();

  RateTurns(Database database) {
    this.database = database;
  }

  List<Instant> reserve(List<RateReservation> reservations) {
    List<Instant> turns = database.run(transaction -> reserve(transaction, reservations));
    if (given.addAndGet(reservations.size()) >= SWEEP) {
      given.set(0);
      Instant now =
          reservations.stream()
              .map(RateReservation::from)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      forget(now.minus(MARGIN));
    }
    return turns;
  }

  private static List<Instant> reserve(Transaction transaction, List<RateReservation> reservations)
      throws SQLException {
    Set<String> keys = RateLog.keys(reservations);
    Map<String, RateLog> logs = new HashMap<>();
    transaction.query(
        LOCK,
        parameters -> parameters.texts(keys),
        columns -> logs.put(columns.text(), RateLog.parse(columns.text())) == null);
    Set<String> stored = Set.copyOf(logs.keySet());
    keys.forEach(key -> logs.computeIfAbsent(key, k -> RateLog.empty()));
    List<Instant> turns = RateLog.reserve(reservations, logs);
    save(transaction, INSERT, keys.stream().filter(key -> !stored.contains(key)).toList(), logs);
    save(transaction, UPDATE, keys.stream().filter(stored::contains).toList(), logs);
    return turns;
  }

  private static void save(
      Transaction transaction, String sql, List<String> keys, Map<String, RateLog> logs)
      throws SQLException {
    transaction.batch(
        sql,
        keys,
        (parameters, key) -> {
          RateLog log = logs.getOrDefault(key, RateLog.empty());
          parameters.text(log.text()).instant(log.until()).text(key);
        });
  }

  /** What was to be done is done already: others will tidy up if this fails. */
  private void forget(Instant before) {
    try {
      database.<Boolean>run(
          transaction -> {
            transaction.execute(FORGET, parameters -> parameters.instant(before));
            return true;
          });
    } catch (StoreException ignored) {
      // The turns are given and stored: that is what was asked for.
    }
  }
}
