package io.trigrun.internal;

import io.trigrun.ExecutionState;
import io.trigrun.Retention;
import io.trigrun.spi.PurgeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets executions that ended long ago, in small batches with pauses as long as the batches take,
 * so that other work gets at least every other moment of the database. Every node does, at moments
 * of its own: what one has forgotten the next does not find.
 */
public final class Janitor {

  private static final Logger LOG = LoggerFactory.getLogger("io.trigrun.janitor");
  private static final List<ExecutionState> ENDS =
      List.of(ExecutionState.SUCCEEDED, ExecutionState.FAILED, ExecutionState.CANCELLED);
  private static final int BATCH = 300;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
  private static final long SHORTEST_ROUND_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long LONGEST_ROUND_MILLIS = Duration.ofMinutes(15).toMillis();

  /** Waits between batches. */
  @FunctionalInterface
  private interface Rest {
    void after(Duration batch) throws InterruptedException;
  }

  private final EngineContext context;
  private final ExpiredDefinitions expired;
  private final Loop loop = new Loop("trigrun-janitor", this::round);

  public Janitor(EngineContext context) {
    this.context = context;
    this.expired = new ExpiredDefinitions(context.store());
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop();
  }

  private void round() throws InterruptedException {
    loop.sleep(
        Duration.ofMillis(
            ThreadLocalRandom.current().nextLong(SHORTEST_ROUND_MILLIS, LONGEST_ROUND_MILLIS)));
    try {
      int forgotten =
          sweep(batch -> loop.sleep(batch.compareTo(SHORTEST_PAUSE) > 0 ? batch : SHORTEST_PAUSE));
      LOG.debug("{} executions were forgotten", forgotten);
    } catch (RuntimeException e) {
      LOG.debug("The store can't forget right now; the next round will", e);
    }
  }

  /**
   * Forgets all that is old enough, at once, on the calling thread.
   *
   * @return how many executions
   */
  public int sweep() {
    try {
      return sweep(batch -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException("expected nobody to wait", e);
    }
  }

  private int sweep(Rest rest) throws InterruptedException {
    expired.forget(
        context.now(),
        batch -> {
          rest.after(batch);
          return !loop.isStopped();
        });
    int forgotten = 0;
    for (PurgeRequest request : requests(context.now())) {
      int batch;
      do {
        long since = System.nanoTime();
        batch = context.store().purge(request);
        forgotten += batch;
        if (batch > 0) {
          rest.after(Duration.ofNanos(System.nanoTime() - since));
        }
      } while (batch == request.limit() && !loop.isStopped());
    }
    return forgotten;
  }

  /** One for each queue and age. */
  private List<PurgeRequest> requests(Instant now) {
    Retention retention = context.settings().retention();
    Set<String> queues = new LinkedHashSet<>(context.settings().queues().keySet());
    queues.addAll(retention.queues());
    List<PurgeRequest> requests = new ArrayList<>();
    for (String queue : queues) {
      for (Duration age : ages(retention, queue)) {
        Set<ExecutionState> states = new LinkedHashSet<>(ENDS);
        states.removeIf(state -> !isSwept(queue, state));
        states.removeIf(state -> !retention.of(queue, state).equals(age));
        requests.add(new PurgeRequest(Optional.of(queue), states, now.minus(age), BATCH));
      }
    }
    return requests;
  }

  private static Set<Duration> ages(Retention retention, String queue) {
    Set<Duration> ages = new LinkedHashSet<>();
    ENDS.stream()
        .filter(state -> isSwept(queue, state))
        .map(state -> retention.of(queue, state))
        .filter(age -> age.compareTo(Retention.FOREVER) < 0)
        .forEach(ages::add);
    return ages;
  }

  /** A cursor that has fired for the last time says so to a job that is resumed much later. */
  private static boolean isSwept(String queue, ExecutionState state) {
    return !queue.equals(ScheduleCursor.QUEUE) || state != ExecutionState.SUCCEEDED;
  }
}
