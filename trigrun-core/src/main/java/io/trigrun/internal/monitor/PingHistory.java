package io.trigrun.internal.monitor;

import io.trigrun.Cursor;
import io.trigrun.Page;
import io.trigrun.monitor.Ping;
import io.trigrun.spi.Definition;
import io.trigrun.spi.JobStore;
import io.trigrun.validation.Problems;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads what is kept of the pings of a monitor: those in its document, then its blocks. Pings that
 * are put into a block in between are seen twice, and told apart by their numbers.
 */
record PingHistory(JobStore store, Definition monitor) {

  /** The latest pings before a number, newest first. */
  Page<Ping> page(int limit, long before) {
    Problems.require(limit >= 1 && limit <= 1_000, "limit", "1 to 1,000", limit);
    List<Ping> pings =
        all()
            .filter(ping -> ping.number() < before)
            .sorted(Comparator.comparingLong(Ping::number).reversed())
            .distinct()
            .limit(limit + 1L)
            .toList();
    if (pings.size() <= limit) {
      return new Page<>(pings, Optional.empty());
    }
    List<Ping> items = pings.subList(0, limit);
    return new Page<>(items, Optional.of(cursor(items.get(limit - 1))));
  }

  private Stream<Ping> all() {
    List<Ping> latest = MonitorEntry.read(monitor).pings().latest();
    return Stream.concat(
        latest.stream(),
        store.listDefinitions(PingBlock.of(monitor)).items().stream()
            .flatMap(block -> PingBlock.read(block).stream()));
  }

  /** Pings have no id of their own: their number takes its place. */
  private static Cursor cursor(Ping ping) {
    return new Cursor(ping.at(), new UUID(0, ping.number()));
  }

  static long number(Cursor cursor) {
    return cursor.id().getLeastSignificantBits();
  }
}
