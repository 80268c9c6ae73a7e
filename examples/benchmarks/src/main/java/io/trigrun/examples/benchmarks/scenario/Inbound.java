package io.trigrun.examples.benchmarks.scenario;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.examples.benchmarks.load.LoadReport;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signed deliveries to triggers on 64 connections, as many as are answered. Each that was accepted
 * has to be an execution afterwards, and one that came twice has to be one.
 */
final class Inbound implements Scenario {

  private static final String MEMORY = "trigrun-memory";
  private static final String POSTGRESQL = "trigrun";
  private static final String H2 = "trigrun-h2";
  private static final int WORKERS = 64;
  private static final int WARM_UP_SECONDS = 5;
  private static final int LONGEST_BARE_SECONDS = 5;

  @Override
  public String name() {
    return "inbound";
  }

  @Override
  public String summary() {
    return "triggers over HTTP at saturation, beside a bare handler of the JDK's server";
  }

  @Override
  public String unit() {
    return "seconds";
  }

  @Override
  public int defaultSize() {
    return 120;
  }

  @Override
  public List<String> engines() {
    return List.of(MEMORY, POSTGRESQL, H2);
  }

  @Override
  public List<String> defaultEngines() {
    return engines();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.PER_SECOND,
        new Metric("of_bare", "of bare", true, 2),
        new Metric("p50_ms", "p50 ms", false, 2),
        new Metric("p99_ms", "p99 ms", false, 2),
        new Metric("p999_ms", "p99.9 ms", false, 2),
        new Metric("bare_per_second", "bare per second", true, 0),
        new Metric("bare_p99_ms", "bare p99 ms", false, 2),
        new Metric("commits_each", "transactions each", false, 2),
        new Metric("accepted", "accepted", true, 0),
        new Metric("repeated", "repeated", true, 0),
        new Metric("executions", "executions", true, 0));
  }

  private @Nullable Loading loading;

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    Opening opening =
        switch (engine) {
          case MEMORY -> InMemory::new;
          case H2 -> InFile::new;
          default -> () -> new InPostgres(bench);
        };
    return List.of(new LoadTrial(bench, engine, opening, loading()));
  }

  private Loading loading() {
    try {
      Loading started = loading == null ? Loading.start() : loading;
      loading = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start the load", e);
    }
  }

  private record LoadTrial(Bench bench, String engine, Opening opening, Loading loading)
      implements Trial {

    @Override
    public void warmUp() throws Exception {
      var unused = run(Math.min(WARM_UP_SECONDS, bench.size()));
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(bench.size());
    }

    /** Bare, ours, bare: what else goes on at the machine meets both. */
    private Map<String, Number> run(int seconds) throws Exception {
      int bareSeconds = Math.min(LONGEST_BARE_SECONDS, Math.max(1, seconds / 2));
      try (LoopbackServer bare = LoopbackServer.bare(bench.workers(WORKERS))) {
        LoadReport before = loading.run(bare.port(), bareSeconds, List.of("/v1/bare"));
        Map<String, Number> values = ours(seconds);
        LoadReport after = loading.run(bare.port(), bareSeconds, List.of("/v1/bare"));
        double rate = (before.perSecond() + after.perSecond()) / 2;
        values.put("bare_per_second", rate);
        values.put("bare_p99_ms", (before.p99() + after.p99()) / 2);
        values.put("of_bare", perSecond(values) / rate);
        return values;
      }
    }

    private static double perSecond(Map<String, Number> values) {
      return values.getOrDefault("per_second", 0).doubleValue();
    }

    private Map<String, Number> ours(int seconds) throws Exception {
      Map<String, Number> values = new LinkedHashMap<>();
      try (Place place = opening.open()) {
        LoadReport report;
        TriggerNode.Stored stored;
        long before = place.transactions();
        try (TriggerNode node = new TriggerNode(place.store())) {
          try (LoopbackServer server = LoopbackServer.of(node.routes(), bench.workers(WORKERS))) {
            report = loading.run(server.port(), seconds, node.targets());
          }
          long transactions = place.transactions() - before;
          bench.say(engine + ": counting executions");
          stored = node.stored();
          values.put("per_second", report.perSecond());
          values.put("p50_ms", report.p50());
          values.put("p99_ms", report.p99());
          values.put("p999_ms", report.p999());
          int accepted = report.accepted().cardinality();
          values.put("commits_each", (double) transactions / (accepted + report.repeated()));
          values.put("accepted", accepted);
          values.put("repeated", report.repeated());
          values.put("refused", report.refused());
          values.put("unknown", report.unknown().cardinality());
          values.put("executions", stored.runs());
          values.put("duplicates", stored.runs() - stored.numbers().cardinality());
          values.put("missing", missing(report, stored));
        }
      }
      return values;
    }

    /** What was accepted and is no execution, or is one and was not accepted. */
    private static int missing(LoadReport report, TriggerNode.Stored stored) {
      BitSet lost = (BitSet) report.accepted().clone();
      lost.andNot(stored.numbers());
      BitSet unasked = (BitSet) stored.numbers().clone();
      unasked.andNot(report.accepted());
      unasked.andNot(report.unknown());
      return lost.cardinality() + unasked.cardinality();
    }
  }

  /** Makes a place to keep executions. */
  @FunctionalInterface
  private interface Opening {
    Place open() throws Exception;
  }

  /** Where executions are kept. */
  private interface Place extends AutoCloseable {
    JobStore store();

    /** How many there were so far, if the server tells. */
    default long transactions() throws SQLException {
      return 0;
    }

    @Override
    void close() throws IOException, SQLException;
  }

  private static final class InMemory implements Place {
    private final JobStore store = new InMemoryJobStore();

    @Override
    public JobStore store() {
      return store;
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class InFile implements Place {
    private final Path folder = Files.createTempDirectory("trigrun-load");
    private final JobStore store = JdbcJobStore.embedded(folder.resolve("load"));

    InFile() throws IOException {}

    @Override
    public JobStore store() {
      return store;
    }

    @Override
    public void close() throws IOException {
      store.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static final class InPostgres implements Place {
    private final Database database;
    private final HikariDataSource pool;
    private final JobStore store;

    InPostgres(Bench bench) throws Exception {
      database = bench.database(Engines.named(POSTGRESQL));
      pool = database.pool();
      store = JdbcJobStore.open(pool);
    }

    @Override
    public JobStore store() {
      return store;
    }

    @Override
    public long transactions() throws SQLException {
      return database.transactions();
    }

    @Override
    public void close() throws SQLException {
      store.close();
      pool.close();
      database.close();
    }
  }
}
