package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.ExecutionRequest;
import io.trigrun.Health;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.handler.Outcome;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.jdbc.JdbcSession;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Connections that fail, sessions that are cut off, pools that run dry, transactions that collide.
 */
@Chaos
class FaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> MIXED = List.of("plain", "plain", "flaky", "exact");
  private static final List<String> MIXED_AND_LONG =
      Stream.concat(Collections.nCopies(5, MIXED).stream().flatMap(List::stream), Stream.of("long"))
          .toList();

  private final LocalNodes nodes = new LocalNodes();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private JdbcJobStore store;

  @SuppressWarnings("NullAway.Init")
  private TrigRun client;

  @SuppressWarnings("NullAway.Init")
  private Ledger ledger;

  @BeforeEach
  void open() throws SQLException {
    database = TestServer.POSTGRESQL.create();
    store = JdbcJobStore.builder(database.dataSource()).migrate(true).open();
    client = TrigRun.builder().store(store).node("client").build();
    ledger = new Ledger(database.dataSource());
    ledger.create();
  }

  @AfterEach
  void close() throws Exception {
    nodes.stop();
    for (AutoCloseable each : opened) {
      each.close();
    }
    client.close();
    database.close();
  }

  private void everythingEndsOnce(List<UUID> ordered, Figures figures) throws Exception {
    Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
    nodes.stop();
    assertThat(ledger.executions("effects"))
        .as("effects in transactions that completed their execution")
        .hasSize(
            (int) ledger.number("SELECT count(*) FROM trigrun_execution WHERE handler = 'exact'"))
        .doesNotHaveDuplicates();
    new Audit(store, ordered, nodes.calls()).everythingSucceeded(nodes::excused, figures);
    figures.add("lost_leases", nodes.lostLeases()).print();
  }

  private HikariDataSource pool(int size, Consumer<HikariConfig> more) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(500);
    more.accept(config);
    HikariDataSource pool = new HikariDataSource(config);
    opened.add(pool);
    return pool;
  }

  @Test
  void connections_fail_at_every_point(Seed seed) throws Exception {
    Figures figures = new Figures("faults", seed);
    Random random = seed.random();
    List<FaultyDataSource> faulty = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      FaultyDataSource each =
          new FaultyDataSource(pool(16, config -> {}), new Seed(random.nextLong()), 0.01);
      faulty.add(each);
      nodes.start(name, each);
    }
    try (TrigRun enqueuer =
        TrigRun.builder().store(LocalNodes.store(faulty.get(0))).node("enqueuer").build()) {
      List<UUID> ordered = new ArrayList<>();
      for (int batch = 0; batch < 60; batch++) {
        ordered.addAll(LocalNodes.enqueue(enqueuer, random, 50, MIXED));
        Await.until("some done", PATIENCE, () -> ledger.live() < 200);
      }
      Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
      faulty.forEach(FaultyDataSource::mend);
      for (FaultyDataSource.Site site : FaultyDataSource.Site.values()) {
        int faults = faulty.stream().mapToInt(each -> each.faults(site)).sum();
        assertThat(faults).as("faults %s", site).isPositive();
        figures.add("faults", faults);
      }
      everythingEndsOnce(ordered, figures);
    }
  }

  @Test
  void all_sessions_are_cut_off_again_and_again(Seed seed) throws Exception {
    Figures figures = new Figures("terminate", seed);
    Random random = seed.random();
    for (String name : List.of("one", "two")) {
      nodes.start(name, pool(16, config -> {}));
    }
    List<UUID> ordered = new ArrayList<>();
    for (int round = 0; round < 15; round++) {
      ordered.addAll(LocalNodes.enqueue(client, random, 200, MIXED));
      int enough = nodes.calls().size() + random.nextInt(200);
      Await.until("more calls", PATIENCE, () -> nodes.calls().size() >= enough);
      figures.add(
          "terminated",
          ledger.number(
              "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                  + " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    }
    everythingEndsOnce(ordered, figures);
  }

  @Test
  void the_pool_runs_dry(Seed seed) throws Exception {
    Figures figures = new Figures("exhausted", seed);
    Random random = seed.random();
    HikariDataSource pool = pool(2, config -> config.setConnectionTimeout(250));
    TrigRun node = nodes.start("one", pool);
    List<UUID> ordered = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      ordered.addAll(LocalNodes.enqueue(client, random, 200, MIXED));
      try (Connection one = soonerOrLater(pool);
          Connection two = soonerOrLater(pool)) {
        Await.until("the node says so", PATIENCE, () -> isCutOff(node));
        assertThat(one.isClosed() || two.isClosed()).isFalse();
        figures.add("faults", 1);
      }
      Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
      Await.until("the node says so", PATIENCE, () -> !isCutOff(node));
    }
    everythingEndsOnce(ordered, figures);
  }

  /** A connection, however many others wait for one. */
  private static Connection soonerOrLater(DataSource pool) throws SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
      }
    }
  }

  private static boolean isCutOff(TrigRun node) {
    return node.health().status() == Health.Status.STORE_UNAVAILABLE;
  }

  @Test
  void transactions_that_can_not_be_serialized_are_repeated(Seed seed) throws Exception {
    Figures figures = new Figures("serializable", seed);
    for (String name : List.of("one", "two", "three")) {
      nodes.start(
          name, pool(16, config -> config.setTransactionIsolation("TRANSACTION_SERIALIZABLE")));
    }
    List<UUID> ordered = new ArrayList<>();
    for (int batch = 0; batch < 10; batch++) {
      ordered.addAll(LocalNodes.enqueue(client, seed.random(), 150, MIXED));
    }
    everythingEndsOnce(ordered, figures);
  }

  @Test
  void a_node_that_is_cut_off_for_longer_than_its_leases_changes_nothing(Seed seed)
      throws Exception {
    Figures figures = new Figures("partition", seed);
    Random random = seed.random();
    FaultyDataSource cable = new FaultyDataSource(pool(16, config -> {}), seed, 0);
    Semaphore mended = new Semaphore(0);
    nodes.start("cut off", cable, builder -> longWork(builder, "cut off", mended::acquire));
    nodes.start("other", pool(16, config -> {}), builder -> longWork(builder, "other", () -> {}));
    List<UUID> ordered = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      do { // until it is not the other who takes everything
        ordered.addAll(LocalNodes.enqueue(client, random, 500, MIXED_AND_LONG));
        Await.until(
            "long work, or nothing left to do",
            PATIENCE,
            () -> mended.hasQueuedThreads() || ledger.live() == 0);
      } while (!mended.hasQueuedThreads());
      cable.cut();
      long told = nodes.lostLeases();
      // What it had claimed is taken over, so it takes as long as a lease.
      Await.until("everything done by the other", PATIENCE, () -> ledger.live() == 0);
      var before = store.findExecutions(ordered);
      cable.mend();
      mended.release(mended.getQueueLength());
      Await.until("lost leases noticed", PATIENCE, () -> nodes.lostLeases() > told);
      ordered.addAll(LocalNodes.enqueue(client, random, 100, MIXED));
      Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
      assertThat(store.findExecutions(ordered)).containsAll(before);
      figures.add("cuts", 1);
    }
    everythingEndsOnce(ordered, figures);
  }

  /**
   * Work that on the node that is cut off lasts until after that, so that it has leases to lose.
   */
  private TrigRunBuilder longWork(TrigRunBuilder builder, String node, LongWork work) {
    nodes.handler(
        builder,
        node,
        "long",
        (payload, context) -> {
          work.run();
          return Outcome.succeeded();
        });
    return builder;
  }

  @FunctionalInterface
  private interface LongWork {
    void run() throws InterruptedException;
  }

  @Test
  void hosts_whose_transactions_deadlock_start_over(Seed seed) throws Exception {
    Figures figures = new Figures("deadlock", seed);
    for (String name : List.of("one", "two")) {
      nodes.start(name, pool(16, config -> {}));
    }
    List<String> keys = IntStream.range(0, 40).mapToObj(i -> "key " + i).toList();
    DataSource impatient =
        pool(4, config -> config.setConnectionInitSql("SET deadlock_timeout = '20ms'"));
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService hosts = Executors.newFixedThreadPool(2);
    List<UUID> ordered;
    try {
      Future<List<UUID>> up =
          hosts.submit(() -> enqueueAll(impatient, keys, false, together, figures));
      Future<List<UUID>> down =
          hosts.submit(() -> enqueueAll(impatient, keys, true, together, figures));
      ordered = up.get();
      assertThat(down.get()).as("executions of the same keys").containsExactlyElementsOf(ordered);
    } finally {
      hosts.shutdownNow();
    }
    assertThat(figures.of("deadlocks")).isPositive();
    everythingEndsOnce(ordered, figures);
  }

  /** Two keys a transaction, in one order or the other, at the same time as somebody else. */
  private List<UUID> enqueueAll(
      DataSource dataSource,
      List<String> keys,
      boolean backwards,
      CyclicBarrier together,
      Figures figures)
      throws Exception {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += 2) {
      List<String> pair = keys.subList(i, i + 2);
      boolean done = false;
      for (int tries = 0; !done; tries++) {
        try (Connection connection = dataSource.getConnection()) {
          connection.setAutoCommit(false);
          try {
            UUID first = enqueue(connection, pair.get(backwards ? 1 : 0));
            if (tries == 0) {
              together.await(20, TimeUnit.SECONDS);
            }
            UUID second = enqueue(connection, pair.get(backwards ? 0 : 1));
            connection.commit();
            done = true;
            ids.add(backwards ? second : first);
            ids.add(backwards ? first : second);
          } catch (StoreException e) {
            assertThat(e.isRetryable()).isTrue();
            connection.rollback();
            synchronized (figures) {
              figures.add("deadlocks", 1);
            }
          }
        }
      }
      together.await(20, TimeUnit.SECONDS);
    }
    return ids;
  }

  private UUID enqueue(Connection connection, String key) {
    return client
        .enqueue(
            JdbcSession.of(connection),
            ExecutionRequest.of("plain", Json.EMPTY_OBJECT).uniqueKey(key))
        .executionId();
  }
}
