package io.trigrun.examples.benchmarks.scenario;

import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.examples.benchmarks.database.Database;
import io.trigrun.examples.benchmarks.engine.Engines;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signed webhooks posted to a receiver in another process. */
final class Dispatch implements Scenario {

  private static final String TRIGRUN = "trigrun";
  private static final String CLIENT = "http-client";

  private @Nullable Receiving receiving;

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public String summary() {
    return "signed webhooks per second, beside what java.net.http does when it is driven bare";
  }

  @Override
  public String unit() {
    return "webhooks";
  }

  @Override
  public int defaultSize() {
    return 40_000;
  }

  @Override
  public List<String> engines() {
    return List.of(TRIGRUN, CLIENT);
  }

  @Override
  public List<String> defaultEngines() {
    return engines();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metric.PER_SECOND);
  }

  @Override
  public List<Trial> trials(Bench bench, String engine) {
    Receiving receiver = receiver();
    if (engine.equals(CLIENT)) {
      return List.of(
          new ClientTrial(bench, receiver, "send, 64 threads", BareClient::sendOnThreads),
          new ClientTrial(bench, receiver, "sendAsync, 64 in flight", BareClient::sendAsync));
    }
    return List.of(
        new TrigRunTrial(bench, receiver, "in memory", InMemory::new),
        new TrigRunTrial(bench, receiver, "PostgreSQL", () -> new InPostgres(bench)));
  }

  private Receiving receiver() {
    try {
      Receiving started = receiving == null ? Receiving.start() : receiving;
      receiving = started;
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start the receiver", e);
    }
  }

  private record ClientTrial(Bench bench, Receiving receiver, String variant, BareClient.Way way)
      implements Trial {

    @Override
    public String engine() {
      return CLIENT;
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(bench.size()); // compiled code is what is compared
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(bench.size());
    }

    private Map<String, Number> run(int count) throws Exception {
      receiver.reset();
      way.send(new BareClient(receiver.url()), count);
      return receiver.report().values(count);
    }
  }

  private record TrigRunTrial(Bench bench, Receiving receiver, String variant, Opening opening)
      implements Trial {

    @Override
    public String engine() {
      return TRIGRUN;
    }

    @Override
    public void warmUp() throws Exception {
      var unused = run(bench.size());
    }

    @Override
    public Map<String, Number> measure() throws Exception {
      return run(bench.size());
    }

    private Map<String, Number> run(int count) throws Exception {
      try (Place place = opening.open()) {
        int planned = Webhooks.plan(place.store(), receiver.url(), count);
        place.settle();
        receiver.reset();
        return Webhooks.deliver(place.store(), receiver, planned, bench::say).values(planned);
      }
    }
  }

  /** Makes a place to keep deliveries. */
  @FunctionalInterface
  private interface Opening {
    Place open() throws Exception;
  }

  /** Where deliveries are kept. */
  private interface Place extends AutoCloseable {
    JobStore store();

    void settle() throws SQLException;

    @Override
    void close() throws SQLException;
  }

  private static final class InMemory implements Place {
    private final JobStore store = new InMemoryJobStore();

    @Override
    public JobStore store() {
      return store;
    }

    @Override
    public void settle() {}

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class InPostgres implements Place {
    private final Database database;
    private final HikariDataSource pool;
    private final JobStore store;

    InPostgres(Bench bench) throws Exception {
      database = bench.database(Engines.named(TRIGRUN));
      pool = database.pool();
      store = JdbcJobStore.open(pool);
    }

    @Override
    public JobStore store() {
      return store;
    }

    @Override
    public void settle() throws SQLException {
      database.settle();
    }

    @Override
    public void close() throws SQLException {
      store.close();
      pool.close();
      database.close();
    }
  }
}
