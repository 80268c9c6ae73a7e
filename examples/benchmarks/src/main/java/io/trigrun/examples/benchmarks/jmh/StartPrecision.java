package io.trigrun.examples.benchmarks.jmh;

import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after its due instant an execution starts on an idle engine with the in-memory store.
 * Prints percentiles in milliseconds; takes about a minute. The first row is the JDK's own
 * scheduler, which shows what the machine can do at that moment: compare with it.
 *
 * <p>Not a JMH benchmark, because what it measures is not the duration of a call.
 */
public final class StartPrecision {

  private static final int WARM_UP = 500;
  private static final int MEASURED = 2_000;
  private static final long GAP_NANOS = 8_000_000;

  private final Latencies latencies = new Latencies(WARM_UP + MEASURED);
  private final SplittableRandom random = new SplittableRandom(1);

  private StartPrecision() {}

  /** Takes work that is due at an instant. */
  @FunctionalInterface
  private interface Target {
    void submit(Instant due);
  }

  /** Runs the scenarios. */
  public static void main(String[] args) throws InterruptedException {
    System.out.printf(
        "%-22s %8s %8s %8s %8s %8s%n", "due-to-start, ms", "starts", "p50", "p99", "p99.9", "max");
    new StartPrecision().measureJdkScheduler();
    new StartPrecision().measureEngine("enqueued ahead", 200, 500);
    new StartPrecision().measureEngine("enqueued for now", 0, 0);
  }

  private void measureJdkScheduler() throws InterruptedException {
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4);
    try {
      measure(
          due -> {
            ScheduledFuture<?> unused =
                scheduler.schedule(
                    () -> latencies.startedAt(Instant.now(), due),
                    Duration.between(Instant.now(), due).toNanos(),
                    TimeUnit.NANOSECONDS);
          },
          200,
          500);
    } finally {
      scheduler.shutdownNow();
    }
    latencies.print("JDK scheduler, ahead");
  }

  private void measureEngine(String scenario, int leastAheadMillis, int mostAheadMillis)
      throws InterruptedException {
    try (TrigRun trigrun =
        TrigRun.builder()
            .handler(
                "note",
                Json.class,
                (payload, context) -> latencies.startedAt(Instant.now(), context.scheduledFor()))
            .build()) {
      trigrun.start();
      measure(
          due -> trigrun.enqueue(ExecutionRequest.of("note", new Json("{}")).at(due)),
          leastAheadMillis,
          mostAheadMillis);
    }
    latencies.print(scenario);
  }

  private void measure(Target target, int leastAheadMillis, int mostAheadMillis)
      throws InterruptedException {
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      long ahead = random.nextLong(leastAheadMillis, mostAheadMillis + 1L) * 1_000_000;
      long fraction = ahead == 0 ? 0 : random.nextLong(1_000_000);
      target.submit(Instant.now().plusNanos(ahead + fraction));
      LockSupport.parkNanos(random.nextLong(GAP_NANOS / 2, GAP_NANOS * 3 / 2));
    }
    latencies.await();
  }

  /** Late starts in nanoseconds, in the order of the starts. */
  private static final class Latencies {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch left;

    Latencies(int expected) {
      nanos = new long[expected];
      left = new CountDownLatch(expected);
    }

    void startedAt(Instant started, Instant due) {
      nanos[count.getAndIncrement()] = Duration.between(due, started).toNanos();
      left.countDown();
    }

    void await() throws InterruptedException {
      left.await();
    }

    void print(String scenario) {
      long[] sorted = Arrays.copyOfRange(nanos, WARM_UP, nanos.length);
      Arrays.sort(sorted);
      System.out.printf(
          "%-22s %8d %8.3f %8.3f %8.3f %8.3f%n",
          scenario,
          sorted.length,
          millis(sorted, 0.5),
          millis(sorted, 0.99),
          millis(sorted, 0.999),
          millis(sorted, 1));
    }

    private static double millis(long[] sorted, double share) {
      int index = (int) Math.ceil(share * sorted.length) - 1;
      return sorted[index] / 1e6;
    }
  }
}
