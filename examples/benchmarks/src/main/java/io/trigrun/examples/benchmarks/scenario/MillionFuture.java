package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.scenario.Bench.PooledNode;
import io.trigrun.examples.benchmarks.scenario.Drain.Drained;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Throughput while a million executions wait for a later day, and without them. */
final class MillionFuture implements Scenario {

  private static final int FUTURE = 1_000_000;
  private static final Duration LATER = Duration.ofDays(30);

  @Override
  public String name() {
    return "million-future";
  }

  @Override
  public String summary() {
    return "throughput beside 1,000,000 executions that are due in 30 days";
  }

  @Override
  public int defaultSize() {
    return 200_000;
  }

  /** Quartz and DBOS take minutes to store a million: only when asked for. */
  @Override
  public List<String> defaultEngines() {
    return List.of("trigrun", "db-scheduler", "jobrunr", "bare-jdbc");
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.PER_SECOND,
        new Metric("empty_table_per_second", "empty table", true, 0),
        new Metric("of_empty_table", "of empty table", true, 2));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new FutureTrial(bench, Engines.named(engine)));
  }

  private static final class FutureTrial extends Comparison {

    private final Bench bench;
    private final Engine engine;
    private @Nullable Database full;

    FutureTrial(Bench bench, Engine engine) {
      super("empty_table");
      this.bench = bench;
      this.engine = engine;
    }

    @Override
    public String engine() {
      return engine.name();
    }

    /** The million is stored once and copied for each repeat. */
    @Override
    public void warmUp() throws Exception {
      Database database = bench.database(engine);
      Instant due = Instant.now().plus(LATER);
      try (PooledNode loader = bench.loader(engine, database)) {
        bench.inBatches(
            engine,
            bench.size(engine),
            FUTURE,
            (first, count) -> loader.node().scheduleBatch(first, count, due));
      }
      database.settle();
      full = database;
      try (Database empty = bench.database(engine)) {
        var unused = run(empty, bench.warmUpSize(engine));
      }
    }

    @Override
    Drained changed() throws Exception {
      if (full == null) {
        throw new IllegalStateException("expected warmUp to have stored a million, got no call");
      }
      try (Database copy = bench.server().copyOf(full)) {
        return run(copy, bench.size(engine));
      }
    }

    @Override
    Drained plain() throws Exception {
      try (Database empty = bench.database(engine)) {
        return run(empty, bench.size(engine));
      }
    }

    private Drained run(Database database, int size) throws Exception {
      bench.load(engine, database, size);
      database.settle();
      return new Drain(engine, database.url(), 1, bench.workers(engine), bench::say).run(size);
    }
  }
}
