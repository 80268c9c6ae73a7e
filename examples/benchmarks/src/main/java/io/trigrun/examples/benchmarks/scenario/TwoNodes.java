package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.scenario.Drain.Drained;
import java.util.List;

/** Two nodes on one database, each with a pool of its own, and one node for comparison. */
final class TwoNodes implements Scenario {

  @Override
  public String name() {
    return "two-nodes";
  }

  @Override
  public String summary() {
    return "throughput of two nodes on one database, beside that of one";
  }

  @Override
  public int defaultSize() {
    return 200_000;
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.PER_SECOND,
        new Metric("one_node_per_second", "one node", true, 0),
        new Metric("of_one_node", "of one node", true, 2));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new NodesTrial(bench, Engines.named(engine)));
  }

  private static final class NodesTrial extends Comparison {

    private final Bench bench;
    private final Engine engine;

    NodesTrial(Bench bench, Engine engine) {
      super("one_node");
      this.bench = bench;
      this.engine = engine;
    }

    @Override
    public String engine() {
      return engine.name();
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(2, bench.warmUpSize(engine));
    }

    @Override
    Drained changed() throws Exception {
      return run(2, bench.size(engine));
    }

    @Override
    Drained plain() throws Exception {
      return run(1, bench.size(engine));
    }

    private Drained run(int nodes, int size) throws Exception {
      try (Database database = bench.database(engine)) {
        bench.load(engine, database, size);
        database.settle();
        return new Drain(engine, database.url(), nodes, bench.workers(engine), bench::say)
            .run(size);
      }
    }
  }
}
