package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.engine.NodeSetup.Tuning;
import io.trigrun.examples.benchmarks.scenario.Bench.PooledNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** How much a node asks of the database when there is nothing to do. */
final class Idle implements Scenario {

  private static final int SETTLE_SECONDS = 5;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String summary() {
    return "statements per second of an idle node with default settings";
  }

  @Override
  public String unit() {
    return "seconds";
  }

  @Override
  public int defaultSize() {
    return 20;
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
    return List.of(new Metric("statements_per_second", "statements per second", false, 2));
  }

  @Override
  public boolean countsStatements() {
    return true;
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new IdleTrial(bench, Engines.named(engine)));
  }

  private record IdleTrial(Bench bench, Engine target) implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    @Override
    public void warmUp() {}

    @Override
    public Map<String, Number> measure() throws Exception {
      try (Database database = bench.database(target);
          PooledNode idle = bench.node(target, database, "idle", Tuning.DEFAULTS, number -> {})) {
        idle.node().start();
        pass(SETTLE_SECONDS);
        long before = database.statements();
        pass(bench.size());
        Map<String, Number> values = new LinkedHashMap<>();
        values.put(
            "statements_per_second", (double) (database.statements() - before) / bench.size());
        values.put("duplicates", 0);
        values.put("missing", 0);
        return values;
      }
    }

    private static void pass(int seconds) {
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }
}
