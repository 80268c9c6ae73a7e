package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** No-op executions that are due already, one node. */
final class Throughput implements Scenario {

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String summary() {
    return "no-op executions per second, already due, one node";
  }

  @Override
  public int defaultSize() {
    return 200_000;
  }

  @Override
  public List<String> engines() {
    return withPgbench(Engines.names());
  }

  @Override
  public List<String> defaultEngines() {
    List<String> engines = new ArrayList<>(Engines.DEFAULTS);
    engines.add(engines.indexOf("db-scheduler") + 1, "db-scheduler-10"); // which is faster depends
    return withPgbench(engines);
  }

  private static List<String> withPgbench(List<String> engines) {
    List<String> all = new ArrayList<>(engines);
    all.add(Pgbench.NAME);
    return all;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.PER_SECOND, new Metric("commits_per_1000", "commits per 1,000", false, 1));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(
        engine.equals(Pgbench.NAME)
            ? new PgbenchTrial(bench)
            : new EngineTrial(bench, Engines.named(engine)));
  }

  private record EngineTrial(Bench bench, Engine target) implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(bench.warmUpSize(target));
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(bench.size(target));
    }

    private Map<String, Number> run(int size) throws Exception {
      try (Database database = bench.database(target)) {
        bench.load(target, database, size);
        database.settle();
        long before = database.commits();
        Drain drain = new Drain(target, database.url(), 1, bench.workers(target), bench::say);
        Map<String, Number> values = drain.run(size).values();
        values.put("commits_per_1000", (database.commits() - before) * 1_000.0 / size);
        return values;
      }
    }
  }

  private record PgbenchTrial(Bench bench) implements Trial {

    private static final int SHARE = 2;

    @Override
    public String engine() {
      return Pgbench.NAME;
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(bench.size() / 5);
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(bench.size() * SHARE);
    }

    private Map<String, Number> run(int size) throws Exception {
      try (Database database = bench.server().create()) {
        return new Pgbench(database).run(size);
      }
    }
  }
}
