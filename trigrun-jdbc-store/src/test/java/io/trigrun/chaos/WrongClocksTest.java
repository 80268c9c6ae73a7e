package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.handler.Outcome;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Enqueued;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes whose clocks are an hour fast and an hour slow, on one database. */
@Chaos
class WrongClocksTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LEASE = Duration.ofSeconds(5);

  /** Of the measurement of a clock, on a machine that has much to do. */
  private static final Duration ERROR = Duration.ofMillis(500);

  @Test
  void nodes_an_hour_apart_and_more_behave_as_one(Seed seed) throws Exception {
    Figures figures = new Figures("clocks", seed);
    Random random = seed.random();
    AtomicInteger early = new AtomicInteger();
    try (TestDatabase database = TestServer.POSTGRESQL.create();
        JdbcJobStore store = JdbcJobStore.builder(database.dataSource()).migrate(true).open();
        LocalNodes nodes = new LocalNodes()) {
      Ledger ledger = new Ledger(database.dataSource());
      ledger.create();
      List<TrigRun> cluster = new ArrayList<>();
      for (Duration wrongBy : List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1))) {
        String name = "wrong by " + wrongBy;
        cluster.add(
            nodes.start(
                name,
                database.dataSource(),
                builder -> {
                  nodes.handler(
                      builder,
                      name,
                      "punctual",
                      (payload, context) -> {
                        if (Instant.now().plus(ERROR).isBefore(context.scheduledFor())) {
                          early.incrementAndGet();
                        }
                        return Outcome.succeeded();
                      });
                  nodes.handler(
                      builder,
                      name,
                      "long",
                      (payload, context) -> {
                        work(database, LEASE.plusSeconds(1));
                        return Outcome.succeeded();
                      });
                  return builder.lease(LEASE).clock(Clock.offset(Clock.systemUTC(), wrongBy));
                }));
      }
      List<UUID> ordered = new ArrayList<>();
      for (TrigRun node : cluster) {
        ordered.addAll(enqueue(node, "punctual", 700, random));
        ordered.addAll(enqueue(node, "long", 4, random));
      }
      Await.until("everything done", PATIENCE, () -> ledger.live() == 0);
      nodes.stop();
      for (Duration wrongBy : List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1))) {
        assertThat(nodes.callsOf("wrong by " + wrongBy))
            .as("calls, wrong by " + wrongBy)
            .isPositive();
      }
      assertThat(early).as("started before they were due").hasValue(0);
      assertThat(nodes.lostLeases()).as("leases that another node took").isZero();
      new Audit(store, ordered, nodes.calls()).everythingSucceeded(unrecorded -> 0, figures);
      figures.add("early", early.get()).add("lost_leases", nodes.lostLeases()).print();
    }
  }

  /** Due within three seconds of when it is enqueued. */
  private static List<UUID> enqueue(TrigRun node, String handler, int count, Random random) {
    List<ExecutionRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(
          ExecutionRequest.of(handler, Json.EMPTY_OBJECT)
              .delay(Duration.ofMillis(random.nextInt(3_000))));
    }
    return node.enqueue(requests).stream().map(Enqueued::executionId).toList();
  }

  private static void work(TestDatabase database, Duration time) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(" + time.toSeconds() + ")");
    }
  }
}
