package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.scenario.Drain.Drained;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A million executions run by a JVM with a heap of 64 MB. */
final class Memory implements Scenario {

  private static final List<String> HEAP = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String summary() {
    return "throughput of a child JVM with a heap of 64 MB; exit code 1 if it runs out of it";
  }

  @Override
  public int defaultSize() {
    return 1_000_000;
  }

  @Override
  public List<String> defaultEngines() {
    return List.of("trigrun", "db-scheduler");
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.PER_SECOND, new Metric("peak_heap_mb", "peak heap MB", false, 0));
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    return List.of(new MemoryTrial(bench, Engines.named(engine)));
  }

  private record MemoryTrial(Bench bench, Engine target) implements Trial {

    @Override
    public String engine() {
      return target.name();
    }

    /** The child is a new JVM each time. */
    @Override
    public void warmUp() {}

    @Override
    public Map<String, Number> measure() throws Exception {
      int size = bench.size(target);
      try (Database database = bench.database(target)) {
        bench.load(target, database, size);
        database.settle();
        return runInChild(database, size);
      }
    }

    private Map<String, Number> runInChild(Database database, int size) throws IOException {
      try (ChildJvm child =
          ChildJvm.start(
              HEAP,
              Child.class,
              target.name(),
              database.url(),
              Integer.toString(bench.workers(target)),
              Integer.toString(size))) {
        String[] figures = child.answer().split(" ", -1);
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("per_second", Double.parseDouble(figures[0]));
        values.put("duplicates", Long.parseLong(figures[1]));
        values.put("missing", Long.parseLong(figures[2]));
        values.put("peak_heap_mb", Double.parseDouble(figures[3]));
        return values;
      } catch (IOException e) {
        bench.say(target.name() + ": the child JVM ended early: " + e.getMessage());
        return Map.of("per_second", 0, "duplicates", 0, "missing", size);
      }
    }
  }

  /** The child: engine, URL, workers, size. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws Exception {
      Engine engine = Engines.named(args[0]);
      Drained drained =
          new Drain(engine, args[1], 1, Integer.parseInt(args[2]), System.err::println)
              .run(Integer.parseInt(args[3]));
      System.out.println(
          drained.perSecond()
              + " "
              + drained.duplicates()
              + " "
              + drained.missing()
              + " "
              + peakHeap() / (1024.0 * 1024));
      System.exit(0); // some peers leave threads behind
    }

    /** The sum of the pools' peaks, which need not have been at the same time. */
    private static long peakHeap() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .mapToLong(pool -> pool.getPeakUsage().getUsed())
          .sum();
    }
  }
}
