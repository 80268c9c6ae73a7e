package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * What runs cost that wait for a webhook: threads, the time that a restart takes, and how long
 * after the webhook's call the next step's handler starts.
 */
final class ParkedRuns implements Scenario {

  private static final int RESUMED = 1_000;
  private static final int WARM_UP = 200;
  private static final int THREADS = 16;
  private static final long GAP_NANOS = 15_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "parked";
  }

  @Override
  public String summary() {
    return "runs that wait for webhooks: threads, restart, and from the call to the next step";
  }

  @Override
  public String unit() {
    return "runs";
  }

  @Override
  public int defaultSize() {
    return 100_000;
  }

  @Override
  public List<String> engines() {
    return List.of("trigrun");
  }

  @Override
  public List<String> defaultEngines() {
    return engines();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        new Metric("p99_ms", "resume p99 ms", false, 1),
        new Metric("p50_ms", "resume p50 ms", false, 1),
        new Metric("restart_seconds", "restart s", false, 2),
        new Metric("threads_more", "threads more", false, 0),
        new Metric("parked_per_second", "parked per second", true, 0));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new ParkedTrial(bench, Engines.named(engine)));
  }

  private record ParkedTrial(Bench bench, Engine target) implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(RESUMED + WARM_UP);
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(Math.max(RESUMED + WARM_UP, bench.size()));
    }

    private Map<String, Number> run(int count) throws Exception {
      Map<String, Number> values = new LinkedHashMap<>();
      try (Database database = bench.database(target)) {
        List<UUID> runs;
        try (WaitingNode node = new WaitingNode(database)) {
          node.start();
          int threads = node.threads();
          runs = park(node, count, values);
          values.put("threads_more", node.threads() - threads);
        }
        database.settle();
        long restartedAt = System.nanoTime();
        try (WaitingNode node = new WaitingNode(database)) {
          node.start();
          long firstStep = node.resume(runs.get(0)) - restartedAt;
          values.put("restart_seconds", firstStep / 1e9);
          resume(node, runs.subList(1, RESUMED + WARM_UP), values);
          values.put("duplicates", node.duplicates());
        }
      }
      return values;
    }

    private List<UUID> park(WaitingNode node, int count, Map<String, Number> values)
        throws Exception {
      UUID[] runs = new UUID[count];
      long start = System.nanoTime();
      OnThreads.run(THREADS, count, number -> runs[number] = node.begin(number));
      long missing = node.awaitParked(PATIENCE);
      values.put("parked_per_second", count / ((System.nanoTime() - start) / 1e9));
      values.put("missing", missing);
      return Arrays.asList(runs);
    }

    private static void resume(WaitingNode node, List<UUID> runs, Map<String, Number> values)
        throws Exception {
      SplittableRandom random = new SplittableRandom(1);
      List<String> addresses = runs.stream().map(node::address).toList();
      long[] late = new long[runs.size()];
      for (int i = 0; i < late.length; i++) {
        long calledAt = System.nanoTime();
        late[i] = node.call(runs.get(i), addresses.get(i)) - calledAt;
        LockSupport.parkNanos(random.nextLong(GAP_NANOS / 2, GAP_NANOS * 3 / 2));
      }
      long[] sorted = Arrays.copyOfRange(late, WARM_UP - 1, late.length);
      Arrays.sort(sorted);
      values.put("p50_ms", sorted[sorted.length / 2] / 1e6);
      values.put("p99_ms", sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6);
      values.put("max_ms", sorted[sorted.length - 1] / 1e6);
    }
  }
}
