package io.trigrun.internal;

import io.trigrun.Priority;
import io.trigrun.spi.Rate;
import io.trigrun.spi.RateReservation;
import io.trigrun.spi.StoreException;
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
    answer(group);
  }

  private void answer(List<Asked> group) throws InterruptedException {
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
      } catch (StoreException e) {
        if (!e.isRetryable()) {
          refused(group, e);
          return;
        }
        pauseAfter(e);
      } catch (RuntimeException | Error e) {
        // Not what the SPI allows: taken for an outage, since those who wait have nobody else.
        pauseAfter(e);
      }
    }
  }

  /** The store can't hold one of them: which one, shows when each is asked for by itself. */
  private void refused(List<Asked> group, StoreException reason) throws InterruptedException {
    if (group.size() == 1) {
      group.get(0).turn().completeExceptionally(reason);
      return;
    }
    for (Asked one : group) {
      answer(List.of(one));
    }
  }

  private void pauseAfter(Throwable failure) throws InterruptedException {
    context.storeHealth().failed(StoreHealth.Part.READ, failure);
    pause.await(loop);
  }
}
