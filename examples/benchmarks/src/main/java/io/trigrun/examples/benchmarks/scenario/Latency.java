package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.engine.Ledger;
import io.trigrun.examples.benchmarks.engine.Node;
import io.trigrun.examples.benchmarks.engine.NodeSetup.Tuning;
import io.trigrun.examples.benchmarks.scenario.Bench.PooledNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after the call that enqueues it for now an execution's handler starts, on a node that
 * has nothing else to do. The calls come at random moments, 15 ms apart on average, whether the one
 * before has started or not.
 */
final class Latency implements Scenario {

  private static final int WARM_UP = 200;
  private static final long GAP_NANOS = 15_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String summary() {
    return "due-to-start on an idle engine, enqueued by the same process and by another node";
  }

  @Override
  public int defaultSize() {
    return 1_000;
  }

  @Override
  public List<String> engines() {
    return Engines.names().stream().filter(name -> !name.equals("bare-jdbc")).toList();
  }

  @Override
  public List<String> defaultEngines() {
    return Engines.DEFAULTS.stream().filter(name -> !name.equals("bare-jdbc")).toList();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        new Metric("p99_ms", "p99 ms", false, 1), new Metric("p50_ms", "p50 ms", false, 1));
  }

  @Override
  public List<Trial> trials(Bench bench, String name) {
    Engine engine = Engines.named(name);
    return List.of(
        new LatencyTrial(bench, engine, "same process", false),
        new LatencyTrial(bench, engine, "other node", true));
  }

  private record LatencyTrial(Bench bench, Engine target, String variant, boolean fromOther)
      implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    /** Each repeat has its own. */
    @Override
    public void warmUp() {}

    @Override
    public Map<String, Number> measure() throws Exception {
      int size = WARM_UP + bench.size();
      long[] calledAt = new long[size];
      long[] late = new long[size];
      Ledger ledger = new Ledger(size);
      long unfinished = 0;
      try (Database database = bench.database(target);
          PooledNode runner =
              bench.node(
                  target,
                  database,
                  "runner",
                  Tuning.LATENCY,
                  number -> {
                    late[number] = System.nanoTime() - calledAt[number];
                    ledger.accept(number);
                  });
          PooledNode other = bench.loader(target, database)) {
        runner.node().start();
        enqueue(fromOther ? other.node() : runner.node(), calledAt);
        ledger.await(
            PATIENCE, ran -> bench.say("%s: %,d of %,d".formatted(target.name(), ran, size)));
        if (ledger.isComplete()) {
          unfinished = Drain.awaitEnds(List.of(runner));
        }
      }
      long[] sorted = Arrays.copyOfRange(late, WARM_UP, size);
      Arrays.sort(sorted);
      Map<String, Number> values = new LinkedHashMap<>();
      values.put("p50_ms", millis(sorted, 0.5));
      values.put("p99_ms", millis(sorted, 0.99));
      values.put("max_ms", millis(sorted, 1));
      values.put("duplicates", ledger.duplicates());
      values.put("missing", Math.max(ledger.missing(), unfinished));
      return values;
    }

    private static void enqueue(Node node, long[] calledAt) throws Exception {
      SplittableRandom random = new SplittableRandom(1);
      for (int number = 0; number < calledAt.length; number++) {
        calledAt[number] = System.nanoTime();
        node.enqueue(number);
        pauseUntil(System.nanoTime() + random.nextLong(GAP_NANOS / 2, GAP_NANOS * 3 / 2));
      }
    }

    /** Not by one park: an engine may have left the thread a permit, and there is no pause then. */
    private static void pauseUntil(long nanoTime) {
      for (long left = nanoTime - System.nanoTime(); left > 0; ) {
        LockSupport.parkNanos(left);
        left = nanoTime - System.nanoTime();
      }
    }

    private static double millis(long[] sorted, double share) {
      int index = (int) Math.ceil(share * sorted.length) - 1;
      return sorted[index] / 1e6;
    }
  }
}
