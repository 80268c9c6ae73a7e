package io.trigrun.internal;

import io.trigrun.Priority;
import io.trigrun.spi.Rate;
import io.trigrun.spi.RateReservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;

/**
 * Asks the store for turns under rate limits, for all attempts at once that are about to start:
 * while one question is under way those that come gather for the next. Of these the higher priority
 * is served first, then who was due first. A store that does not work is asked again until it does.
 */
final class RateGate {

  /** How an attempt gets its turn. */
  @FunctionalInterface
  interface Turns {
    CompletableFuture<Instant> ask(Run run, List<Rate> rates, Instant from);
  }

  private record Asked(
      Priority priority,
      Instant dueAt,
      RateReservation reservation,
      CompletableFuture<Instant> turn) {}

  private static final Comparator<Asked> ORDER =
      Comparator.comparing(Asked::priority, Comparator.comparing(Priority::level).reversed())
          .thenComparing(Asked::dueAt);

  private final EngineContext context;
  private final Pause pause = new Pause(Duration.ofMillis(50), Duration.ofSeconds(5));
  private final LinkedTransferQueue<Asked> waiting = new LinkedTransferQueue<>();
  private final Loop loop = new Loop("trigrun-rates", this::askNext);

  RateGate(EngineContext context) {
    this.context = context;
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop();
  }

  CompletableFuture<Instant> ask(Run run, List<Rate> rates, Instant from) {
    CompletableFuture<Instant> turn = new CompletableFuture<>();
    waiting.add(
        new Asked(
            run.execution().priority(),
            run.claimed().dueAt(),
            new RateReservation(rates, from),
            turn));
    return turn;
  }

  private void askNext() throws InterruptedException {
    List<Asked> group = new ArrayList<>();
    group.add(loop.await(waiting::take));
    waiting.drainTo(group, context.settings().maxBatch() - 1);
    group.sort(ORDER);
    List<RateReservation> reservations = group.stream().map(Asked::reservation).toList();
    while (!loop.isStopped()) {
      try {
        List<Instant> turns = context.store().reserve(reservations);
        context.storeHealth().worked(StoreHealth.Part.READ);
        pause.reset();
        for (int i = 0; i < group.size(); i++) {
          group.get(i).turn().complete(turns.get(i));
        }
        return;
      } catch (RuntimeException e) {
        context.storeHealth().failed(StoreHealth.Part.READ, e);
        pause.await(loop);
      }
    }
  }
}
