package io.trigrun.examples.benchmarks.scenario;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.TrigRun;
import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.monitor.MonitorSpec;
import io.trigrun.monitor.PingResult;
import io.trigrun.monitor.PingSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What a ping of a monitor costs, while nobody checks. */
final class Pings implements Scenario {

  private static final int MONITORS = 2_000;
  private static final int THREADS = 16;
  private static final PingSource SOURCE = PingSource.of("203.0.113.42", "curl/8.5.0");

  @Override
  public String name() {
    return "pings";
  }

  @Override
  public String summary() {
    return "pings of 2,000 monitors in turn, single calls on 16 threads";
  }

  @Override
  public String unit() {
    return "pings";
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
        Metric.PER_SECOND,
        new Metric("wal_bytes_per_ping", "WAL bytes per ping", false, 0),
        new Metric("heap_only", "heap-only updates", true, 2));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new PingTrial(bench, Engines.named(engine)));
  }

  private record PingTrial(Bench bench, Engine target) implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(MONITORS);
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(bench.size());
    }

    private Map<String, Number> run(int count) throws Exception {
      try (Database database = bench.database(target)) {
        Map<String, Number> values = new LinkedHashMap<>();
        try (HikariDataSource pool = database.pool();
            JdbcJobStore store = JdbcJobStore.open(pool);
            TrigRun trigrun = TrigRun.builder().store(store).build()) {
          List<String> tokens = monitors(trigrun);
          // Each monitor has a block of its history then, and the table its usual free space.
          OnThreads.run(
              THREADS, 20 * MONITORS, number -> ping(trigrun, tokens.get(number % MONITORS)));
          database.settle();
          AtomicInteger lost = new AtomicInteger();
          long written = database.written();
          long start = System.nanoTime();
          OnThreads.run(
              THREADS,
              count,
              number -> {
                if (!ping(trigrun, tokens.get(number % MONITORS))) {
                  lost.incrementAndGet();
                }
              });
          values.put("per_second", count / ((System.nanoTime() - start) / 1e9));
          values.put("wal_bytes_per_ping", (double) (database.written() - written) / count);
          values.put("duplicates", 0);
          values.put("missing", lost.get());
        }
        values.put("heap_only", database.heapOnlyUpdates("trigrun_definition"));
        return values;
      }
    }

    private static List<String> monitors(TrigRun trigrun) throws Exception {
      String[] tokens = new String[MONITORS];
      OnThreads.run(
          THREADS,
          MONITORS,
          number ->
              tokens[number] =
                  trigrun
                      .monitors()
                      .create(MonitorSpec.of("monitor-" + number, Duration.ofMinutes(1)))
                      .token());
      return List.of(tokens);
    }

    private static boolean ping(TrigRun trigrun, String token) {
      return trigrun.ping(token, SOURCE) == PingResult.UP;
    }
  }
}
