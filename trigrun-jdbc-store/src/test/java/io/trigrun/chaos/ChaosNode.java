package io.trigrun.chaos;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trigrun.BackoffPolicy;
import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.event.TrigRunEvent;
import io.trigrun.handler.JobContext;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.jdbc.JdbcSession;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * A node in a process of its own, to be killed or frozen. It ends in an orderly way when a line
 * comes on its standard input, and at once when that ends, so that none outlives its test.
 *
 * <p>Arguments: the database, the node's name, the names of its handlers, how many orders there are
 * to be.
 */
final class ChaosNode {

  static final Duration LEASE = Duration.ofSeconds(2);

  /** Losses of leases are the point, and none may end an execution. */
  private static final RetryPolicy RETRY =
      RetryPolicy.attempts(100).withBackoff(BackoffPolicy.fixed(Duration.ofMillis(20)));

  private final DataSource dataSource;
  private final JdbcJobStore store;
  private final String node;
  private final Ledger ledger;

  private ChaosNode(DataSource dataSource, String node) {
    this.dataSource = dataSource;
    this.store = JdbcJobStore.open(dataSource);
    this.node = node;
    this.ledger = new Ledger(dataSource);
  }

  public static void main(String[] arguments) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setMaximumPoolSize(12);
    config.setMinimumIdle(0);
    ChaosNode node = new ChaosNode(new HikariDataSource(config), arguments[1]);
    TrigRun trigrun = node.build(Set.of(arguments[2].split(",")));
    trigrun.start();
    node.order(trigrun, Integer.parseInt(arguments[3]));
    end(trigrun);
  }

  private static void end(TrigRun trigrun) throws IOException {
    if (System.in.read() >= 0) {
      trigrun.stop(Duration.ofSeconds(10));
      Runtime.getRuntime().exit(0);
    }
    Runtime.getRuntime().halt(1);
  }

  private TrigRun build(Set<String> handlers) {
    TrigRunBuilder builder =
        TrigRun.builder()
            .store(store)
            .node(node)
            .lease(LEASE)
            .pollInterval(Duration.ofMillis(100))
            .queue("default", 10)
            .listener(this::heard);
    handlers.forEach(
        name ->
            builder.outcomeHandler(name, Json.class, RETRY, "default", noted(name, handler(name))));
    return builder.build();
  }

  private void heard(TrigRunEvent event) {
    if (event instanceof TrigRunEvent.LeaseLost) {
      try {
        ledger.note(node, "lease lost");
      } catch (SQLException e) {
        throw new IllegalStateException("expected to note a lost lease, could not", e);
      }
    }
  }

  private OutcomeHandler<Json> noted(String name, OutcomeHandler<Json> handler) {
    return (payload, context) -> {
      ledger.called(node, name, context);
      return handler.handle(payload, context);
    };
  }

  private OutcomeHandler<Json> handler(String name) {
    return switch (name) {
      case "flaky" ->
          (payload, context) ->
              context.attempt() == 1
                  ? Outcome.failed("FLAKY", "the first attempt fails")
                  : Outcome.succeeded();
      case "exact" -> (payload, context) -> completeExactly(context);
      case "alone" -> (payload, context) -> runAlone();
      case "held" -> (payload, context) -> hold();
      default -> (payload, context) -> Outcome.succeeded();
    };
  }

  private Outcome completeExactly(JobContext context) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      Ledger.insert(connection, "effects", context.executionId());
      context.complete(JdbcSession.of(connection));
      connection.commit();
    }
    return Outcome.succeeded();
  }

  /** Whoever runs at the same time finds the lock taken. */
  private Outcome runAlone() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try (var answer = statement.executeQuery("SELECT pg_try_advisory_xact_lock(1)")) {
        if (!answer.next() || !answer.getBoolean(1)) {
          ledger.note(node, "not alone");
        }
      }
      statement.execute("SELECT pg_sleep(0.005)");
      connection.commit();
    }
    return Outcome.succeeded();
  }

  private Outcome hold() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_sleep(0.05)");
    }
    return Outcome.succeeded();
  }

  /** Orders things, and with each order the work it takes, until there are enough. */
  private void order(TrigRun trigrun, int enough) throws SQLException {
    while (ledger.number("SELECT count(*) FROM orders") < enough) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        List<ExecutionRequest> work =
            IntStream.range(0, 5)
                .mapToObj(i -> ExecutionRequest.of("order", Json.EMPTY_OBJECT))
                .toList();
        for (var enqueued : trigrun.enqueue(JdbcSession.of(connection), work)) {
          UUID id = enqueued.executionId();
          Ledger.insert(connection, "orders", id);
        }
        connection.commit();
      }
    }
  }
}
