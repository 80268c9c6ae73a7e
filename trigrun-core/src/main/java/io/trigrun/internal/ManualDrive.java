package io.trigrun.internal;

import io.trigrun.spi.Claim;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.Rate;
import io.trigrun.spi.RateReservation;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine without threads: claims, runs and records on the thread of whoever asks, one execution
 * at a time.
 */
public final class ManualDrive {

  private final EngineContext context;
  private final AttemptRunner runner;
  private final Completion completion;
  private final Queue<Alarm> later = new PriorityQueue<>(Comparator.comparing(Alarm::at));
  private volatile @Nullable Run current;

  public ManualDrive(EngineContext context) {
    this.context = context;
    Commits commits = Commits.direct(context.store());
    this.runner =
        new AttemptRunner(
            context,
            new Rates(context.settings().rateLimits(), true),
            (run, rates, from) -> CompletableFuture.completedFuture(turn(rates, from)),
            run -> Runnable::run,
            new Boundaries(context, commits, () -> {}));
    this.completion =
        new Completion(
            context,
            commits,
            commits,
            (at, action) -> later.add(new Alarm(at, action)),
            enqueued -> {});
  }

  private record Alarm(Instant at, Runnable action) {}

  private Instant turn(List<Rate> rates, Instant from) {
    return context.store().reserve(List.of(new RateReservation(rates, from))).get(0);
  }

  /** What one round came to. */
  public record Round(int attempts, Optional<Instant> nextDue) {}

  /** Runs what is due, and what becomes due by that, until nothing is. */
  public synchronized Round runDue() {
    context.alignment().tryToKeep();
    int attempts = 0;
    while (true) {
      runAlarms();
      Claim claim = context.store().claim(request());
      context.storeHealth().claimed();
      context.revision().heardOf(claim.revision());
      if (claim.executions().isEmpty() && !isAlarmDue()) {
        return new Round(attempts, next(claim));
      }
      for (ClaimedExecution claimed : claim.executions()) {
        attempts += run(claimed) ? 1 : 0;
      }
    }
  }

  private boolean isAlarmDue() {
    Alarm first = later.peek();
    return first != null && !first.at().isAfter(context.now());
  }

  private void runAlarms() {
    while (isAlarmDue()) {
      later.remove().action().run();
    }
  }

  private Optional<Instant> next(Claim claim) {
    return Stream.concat(
            claim.nextDue().stream(), Optional.ofNullable(later.peek()).map(Alarm::at).stream())
        .min(Comparator.naturalOrder());
  }

  private ClaimRequest request() {
    Map<String, Integer> room = new HashMap<>();
    context
        .settings()
        .queues()
        .forEach(
            (queue, permits) -> {
              if (permits > 0) {
                room.put(queue, 1);
              }
            });
    Instant now = context.now();
    return new ClaimRequest(
        context.settings().node(),
        room,
        context.handlers().keySet(),
        now,
        now,
        now.plus(context.settings().lease()));
  }

  /** Returns whether it was an attempt, and not only put off. */
  private boolean run(ClaimedExecution claimed) {
    Run run = new Run(claimed, context.clock(), context.jobs());
    current = run;
    Optional<Concluded> concluded = runner.run(run).toCompletableFuture().join();
    concluded.ifPresent(one -> completion.complete(one, run::conclude));
    current = null;
    return concluded.filter(one -> one.transition().turn().isPresent()).isEmpty();
  }

  /** An execution was cancelled: if it is the one that runs, it stops. */
  public void cancelled(UUID executionId) {
    Run run = current;
    if (run != null && run.executionId().equals(executionId)) {
      run.halt(Run.Halt.LEASE_LOST);
    }
  }
}
