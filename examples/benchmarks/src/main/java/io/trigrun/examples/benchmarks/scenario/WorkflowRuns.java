package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import java.util.List;
import java.util.Map;

/** Runs of three steps that are due already, one node. */
final class WorkflowRuns implements Scenario {

  @Override
  public String name() {
    return "workflow";
  }

  @Override
  public String summary() {
    return "runs of 3 handler steps per second, already due, one node";
  }

  @Override
  public String unit() {
    return "runs";
  }

  @Override
  public int defaultSize() {
    return 20_000;
  }

  @Override
  public List<String> engines() {
    return Engines.OF_STEPS;
  }

  @Override
  public List<String> defaultEngines() {
    return Engines.OF_STEPS;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.PER_SECOND, new Metric("commits_per_run", "commits per run", false, 3));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new RunsTrial(bench, Engines.named(engine)));
  }

  private record RunsTrial(Bench bench, Engine target) implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(bench.size(target) / 2);
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
        values.put("commits_per_run", (database.commits() - before) * 1.0 / size);
        return values;
      }
    }
  }
}
