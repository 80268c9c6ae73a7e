package io.trigrun.jdbc;

import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * From which due instant on a node's claims look for work. What waits for handlers that the node
 * lacks stays where it is, and each claim would read past all of it. So after a claim that took
 * long and got all there was, those that follow look only at what has become due since, until it is
 * time for another look at all: such looks take a tenth of the time at most. Whatever this very
 * store hears of that is due earlier widens the window at once.
 */
final class ClaimWindow {

  /** Before anything that can be due. */
  static final Instant ALL = Instant.parse("0001-01-01T00:00:00Z");

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** What each execution of a claim may cost. */
  private static final long NANOS_EACH = TimeUnit.MICROSECONDS.toNanos(200);

  private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SHARE = 10;

  /** Transactions that take longer between an instant and their commit are found a look later. */
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  /** So many of others' make it worth while. */
  private static final int FOREIGN = 1_000;

  private static final String FIND_FOREIGN =
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM trigrun_execution_live
        WHERE claim_queue = ANY (?) AND due_at BETWEEN ? AND ? AND NOT handler = ANY (?)
        LIMIT ?) f
      """;

  /** Whose claims: nodes of one store may have different handlers. */
  record Asker(String node, Set<String> handlers) {
    static Asker of(ClaimRequest request) {
      return new Asker(request.node(), request.handlers());
    }
  }

  private Instant from = ALL;
  private long allAgainNanos;

  /** From where the next claim is to look. */
  synchronized Instant since(long nanoTime) {
    if (!from.equals(ALL) && nanoTime - allAgainNanos >= 0) {
      from = ALL;
    }
    return from;
  }

  /** Whether a claim has got what there was, and took much longer than that should. */
  static boolean isTooSlow(ClaimRequest request, Claim claim, long tookNanos) {
    int size = claim.executions().size();
    return tookNanos > SLOW_NANOS + NANOS_EACH * size && leavesRoom(request, claim);
  }

  private static boolean leavesRoom(ClaimRequest request, Claim claim) {
    Map<String, Integer> left = new HashMap<>(request.queues());
    claim.executions().forEach(one -> left.merge(one.execution().queue(), -1, Integer::sum));
    return !left.containsValue(0);
  }

  /**
   * A slow claim from {@code since} on has found no more than it took.
   *
   * @param now of the claim
   */
  synchronized void narrow(Instant since, Instant now, long beginNanos, long endNanos) {
    if (since.equals(ALL)) {
      allAgainNanos = endNanos + Math.max(SHORTEST_NANOS, SHARE * (endNanos - beginNanos));
    }
    from = now.minus(OVERLAP);
  }

  /** Something is due then. */
  synchronized void widen(Instant due) {
    if (due.isBefore(from)) {
      from = due;
    }
  }

  /** Whether there is much that the node can't run. */
  static boolean findsForeign(Transaction transaction, ClaimRequest request, Instant since)
      throws SQLException {
    List<Long> found =
        transaction.query(
            FIND_FOREIGN,
            parameters ->
                parameters
                    .texts(request.queues().keySet())
                    .instant(since)
                    .instant(request.now())
                    .texts(request.handlers())
                    .number(FOREIGN),
            Columns::number);
    return found.get(0) == FOREIGN;
  }
}
