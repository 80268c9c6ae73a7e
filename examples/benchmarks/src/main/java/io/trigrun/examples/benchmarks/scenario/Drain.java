package io.trigrun.examples.benchmarks.scenario;

import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Ledger;
import io.trigrun.examples.benchmarks.engine.NodeSetup;
import io.trigrun.examples.benchmarks.scenario.Bench.PooledNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs everything that is due in a database. The clock runs from the first handler's start until
 * the database knows that the last execution has ended, for all engines alike.
 */
record Drain(Engine engine, String url, int nodes, int workers, Consumer<String> progress) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(2);

  /**
   * What came of it.
   *
   * @param seconds from the first start until the last end was durable
   * @param duplicates how many runs there were too many
   * @param missing how many executions did not run or did not end
   */
  record Drained(int size, double seconds, long duplicates, long missing) {

    double perSecond() {
      return (size - missing) / seconds;
    }

    Map<String, Number> values() {
      Map<String, Number> values = new LinkedHashMap<>();
      values.put("per_second", perSecond());
      values.put("duplicates", duplicates);
      values.put("missing", missing);
      return values;
    }
  }

  Drained run(int size) throws Exception {
    Ledger ledger = new Ledger(size);
    List<PooledNode> open = new ArrayList<>();
    try {
      for (int i = 1; i <= nodes; i++) {
        open.add(
            PooledNode.open(
                engine, url, "node-" + i, workers, NodeSetup.Tuning.THROUGHPUT, ledger));
      }
      for (PooledNode each : open) {
        each.node().start();
      }
      ledger.await(
          PATIENCE, ran -> progress.accept("%s: %,d of %,d".formatted(engine.name(), ran, size)));
      long unfinished = ledger.isComplete() ? awaitEnds(open) : 0;
      double seconds = (System.nanoTime() - ledger.startedAt()) / 1e9;
      closeAll(open);
      return new Drained(
          size, seconds, ledger.duplicates(), Math.max(ledger.missing(), unfinished));
    } finally {
      closeAll(open);
    }
  }

  /** Waits until the database knows that everything has ended; says how much has not. */
  static long awaitEnds(List<PooledNode> nodes) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long unfinished = unfinished(nodes);
    while (unfinished > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK.toNanos());
      unfinished = unfinished(nodes);
    }
    return unfinished;
  }

  private static long unfinished(List<PooledNode> nodes) throws Exception {
    for (PooledNode each : nodes) {
      long count = each.node().unfinished();
      if (count > 0) {
        return count;
      }
    }
    return 0;
  }

  private static void closeAll(List<PooledNode> nodes) {
    while (!nodes.isEmpty()) {
      nodes.remove(0).close();
    }
  }
}
