package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.engine.Node;
import io.trigrun.examples.benchmarks.scenario.Bench.PooledNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** How fast work is stored, while nobody runs it. */
final class Enqueue implements Scenario {

  private static final int THREADS = 10;

  @Override
  public String name() {
    return "enqueue";
  }

  @Override
  public String summary() {
    return "executions stored per second: single calls on 10 threads, batches of 1,000 on one";
  }

  @Override
  public String unit() {
    return "single calls; ten times as many in batches";
  }

  @Override
  public int defaultSize() {
    return 50_000;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.PER_SECOND);
  }

  @Override
  public List<Trial> trials(Bench bench, String name) {
    Engine engine = Engines.named(name);
    List<Trial> trials = new ArrayList<>();
    trials.add(new EnqueueTrial(bench, engine, "single calls", 1, Enqueue::callSingly));
    if (!name.equals("dbos")) { // which has no call for many
      trials.add(
          new EnqueueTrial(
              bench,
              engine,
              "batches of 1,000",
              10,
              (node, count) -> bench.inBatches(engine, 0, count, node::enqueueBatch)));
    }
    return trials;
  }

  private static void callSingly(Node node, int count) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> loops = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      loops.add(
          () -> {
            for (int number = next.getAndIncrement();
                number < count;
                number = next.getAndIncrement()) {
              node.enqueue(number);
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Void> loop : threads.invokeAll(loops)) {
        loop.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Stores so many. */
  @FunctionalInterface
  private interface Way {
    void store(Node node, int count) throws Exception;
  }

  private record EnqueueTrial(Bench bench, Engine target, String variant, int times, Way way)
      implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(Math.max(THREADS, size() / 5));
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(size());
    }

    /** Storing differs less between engines than running does. */
    private int size() {
      double share = Math.min(1, Math.max(0.1, target.share() * 3));
      return (int) (bench.size() * share * times);
    }

    private Map<String, Number> run(int count) throws Exception {
      try (Database database = bench.database(target);
          PooledNode loader = bench.loader(target, database)) {
        long start = System.nanoTime();
        way.store(loader.node(), count);
        double seconds = (System.nanoTime() - start) / 1e9;
        long stored = loader.node().stored();
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("per_second", count / seconds);
        values.put("duplicates", Math.max(0, stored - count));
        values.put("missing", Math.max(0, count - stored));
        return values;
      }
    }
  }
}
