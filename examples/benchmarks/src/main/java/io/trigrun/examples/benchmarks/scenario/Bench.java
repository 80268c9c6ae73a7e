package io.trigrun.examples.benchmarks.scenario;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.database.PostgresServer;
import io.trigrun.examples.benchmarks.engine.Engine;
import io.trigrun.examples.benchmarks.engine.Node;
import io.trigrun.examples.benchmarks.engine.NodeSetup;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What trials share: the server, databases with each engine's tables, and the command line. */
public final class Bench {

  private static final int BATCH = 1_000;

  private final PostgresServer server;
  private final int size;
  private final OptionalInt workers;
  private final Consumer<String> progress;
  private final Map<String, Database> originals = new HashMap<>();

  /**
   * A bench.
   *
   * @param size how much of the scenario's unit to measure
   * @param workers overrides what each engine is fastest with
   * @param progress hears what is going on
   */
  public Bench(PostgresServer server, int size, OptionalInt workers, Consumer<String> progress) {
    this.server = server;
    this.size = size;
    this.workers = workers;
    this.progress = progress;
  }

  PostgresServer server() {
    return server;
  }

  int size() {
    return size;
  }

  /** An engine's part of the size. */
  int size(Engine engine) {
    return (int) Math.max(1, size * engine.share());
  }

  /** What to warm up with. */
  int warmUpSize(Engine engine) {
    return Math.max(1, size(engine) / 5);
  }

  void say(String what) {
    progress.accept(what);
  }

  /** A database of its own with the engine's tables in it. */
  Database database(Engine engine) throws Exception {
    Database original = originals.get(engine.name());
    if (original == null) {
      original = server.create();
      try (HikariDataSource pool = original.pool()) {
        engine.createTables(pool);
      }
      originals.put(engine.name(), original);
    }
    return server.copyOf(original);
  }

  int workers(Engine engine) {
    return workers(engine.bestWorkers());
  }

  int workers(int best) {
    return workers.orElse(best);
  }

  /** A node with a pool of its own. */
  PooledNode node(
      Engine engine, Database database, String name, NodeSetup.Tuning tuning, IntConsumer work)
      throws Exception {
    return PooledNode.open(engine, database.url(), name, workers(engine), tuning, work);
  }

  /** Stores executions that are due, through a node that is closed again. */
  void load(Engine engine, Database database, int count) throws Exception {
    try (PooledNode loader = loader(engine, database)) {
      inBatches(engine, 0, count, loader.node()::enqueueBatch);
    }
  }

  PooledNode loader(Engine engine, Database database) throws Exception {
    return node(engine, database, "loader", NodeSetup.Tuning.THROUGHPUT, number -> {});
  }

  /** A call for each thousand. */
  void inBatches(Engine engine, int first, int count, Batch batch) throws Exception {
    int end = first + count;
    long saidAt = System.nanoTime();
    for (int next = first; next < end; next += BATCH) {
      batch.store(next, Math.min(BATCH, end - next));
      if (System.nanoTime() - saidAt > 5_000_000_000L) {
        saidAt = System.nanoTime();
        say("%s: %,d of %,d stored".formatted(engine.name(), next - first + BATCH, count));
      }
    }
  }

  /** Stores some executions. */
  @FunctionalInterface
  interface Batch {
    void store(int first, int count) throws Exception;
  }

  /** A node and the pool that only it uses. */
  record PooledNode(Node node, HikariDataSource pool) implements AutoCloseable {

    static PooledNode open(
        Engine engine,
        String url,
        String name,
        int workers,
        NodeSetup.Tuning tuning,
        IntConsumer work)
        throws Exception {
      HikariDataSource pool = Database.pool(url);
      try {
        return new PooledNode(engine.open(new NodeSetup(pool, name, workers, tuning, work)), pool);
      } catch (Exception e) {
        pool.close();
        throw e;
      }
    }

    @Override
    public void close() {
      try {
        node.close();
      } finally {
        pool.close();
      }
    }
  }
}
