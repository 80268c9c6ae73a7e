package io.trigrun.jdbc;

import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@link io.trigrun.spi.JobStore#claim} where the database works in bulk: one statement, and more
 * only if it named executions with a concurrency limit.
 */
final class BulkClaims {

  /** Others may lock what was named, again and again. */
  private static final int ROUNDS = 100;

  /** In which to start them. */
  private static final Comparator<ClaimedExecution> ORDER =
      Comparator.comparingInt((ClaimedExecution one) -> -one.execution().priority().level())
          .thenComparing(ClaimedExecution::dueAt)
          .thenComparing(one -> one.execution().id(), DefinitionWriter.UNSIGNED);

  private final Database database;
  private final Map<ClaimWindow.Asker, ClaimWindow> windows = new ConcurrentHashMap<>();

  BulkClaims(Database database, Hints hints) {
    this.database = database;
    hints.observe(due -> windows.values().forEach(window -> window.widen(due)));
  }

  Claim run(ClaimRequest request) {
    ClaimWindow window =
        windows.computeIfAbsent(ClaimWindow.Asker.of(request), asker -> new ClaimWindow());
    long begin = System.nanoTime();
    Instant since = window.since(begin);
    Claim claim = run(request, since);
    long end = System.nanoTime();
    if (ClaimWindow.isTooSlow(request, claim, end - begin) && isAmongForeign(request, since)) {
      window.narrow(since, request.now(), begin, end);
    }
    return claim;
  }

  private boolean isAmongForeign(ClaimRequest request, Instant since) {
    return database.runStatement(
        transaction -> ClaimWindow.findsForeign(transaction, request, since));
  }

  private Claim run(ClaimRequest request, Instant since) {
    Map<String, Integer> room = new HashMap<>(request.queues());
    List<ClaimedExecution> executions = new ArrayList<>();
    for (int left = ROUNDS; ; left--) {
      BulkClaim.Found found =
          database.runStatement(
              transaction -> new BulkClaim(transaction, request, room, since).run());
      executions.addAll(found.claimed());
      if (found.limited().isEmpty()) {
        return claim(executions, found.nextDue(), found.revision());
      }
      Claim limited =
          database.run(
              transaction -> new ClaimOperation(transaction, request).run(found.limited()));
      executions.addAll(limited.executions());
      found.claimed().forEach(one -> take(room, one));
      limited.executions().forEach(one -> take(room, one));
      if (room.isEmpty()) {
        return claim(executions, Optional.empty(), limited.revision());
      }
      if (limited.executions().size() == found.limited().size()) {
        return claim(executions, found.nextDue(), limited.revision());
      }
      if (left == 1) {
        return claim(executions, Optional.of(request.now()), limited.revision());
      }
    }
  }

  private static Claim claim(
      List<ClaimedExecution> executions, Optional<Instant> nextDue, long revision) {
    executions.sort(ORDER);
    return new Claim(executions, nextDue, revision);
  }

  private static void take(Map<String, Integer> room, ClaimedExecution one) {
    room.computeIfPresent(one.execution().queue(), (queue, left) -> left == 1 ? null : left - 1);
  }
}
