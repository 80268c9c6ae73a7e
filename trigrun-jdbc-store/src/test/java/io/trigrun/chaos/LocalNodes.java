package io.trigrun.chaos;

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
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Nodes in this JVM, each with a data source and a store of its own as in a process of its own, and
 * what their handlers have seen.
 */
final class LocalNodes implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(2);

  private static final RetryPolicy RETRY =
      RetryPolicy.attempts(100).withBackoff(BackoffPolicy.fixed(Duration.ofMillis(20)));

  private final List<TrigRun> nodes = new ArrayList<>();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Map<UUID, Integer> lostLeases = new ConcurrentHashMap<>();

  TrigRun start(String name, DataSource dataSource) {
    return start(name, dataSource, builder -> builder);
  }

  TrigRun start(String name, DataSource dataSource, UnaryOperator<TrigRunBuilder> more) {
    TrigRunBuilder builder =
        TrigRun.builder()
            .store(store(dataSource))
            .node(name)
            .lease(LEASE)
            .pollInterval(Duration.ofMillis(100))
            .queue("default", 10)
            .listener(this::heard);
    handler(builder, name, "plain", (payload, context) -> Outcome.succeeded());
    handler(
        builder,
        name,
        "flaky",
        (payload, context) ->
            context.attempt() == 1
                ? Outcome.failed("FLAKY", "the first attempt fails")
                : Outcome.succeeded());
    handler(builder, name, "exact", (payload, context) -> completeExactly(dataSource, context));
    TrigRun node = more.apply(builder).build();
    node.start();
    nodes.add(node);
    return node;
  }

  /** The database may fail while it is opened. */
  static JdbcJobStore store(DataSource dataSource) {
    while (true) {
      try {
        return JdbcJobStore.open(dataSource);
      } catch (StoreException e) {
        if (!e.isRetryable()) {
          throw e;
        }
      }
    }
  }

  void handler(TrigRunBuilder builder, String node, String name, OutcomeHandler<Json> handler) {
    builder.outcomeHandler(
        name,
        Json.class,
        RETRY,
        "default",
        (payload, context) -> {
          calls.add(new Call(context.executionId(), context.attempt(), node));
          return handler.handle(payload, context);
        });
  }

  private static Outcome completeExactly(DataSource dataSource, JobContext context)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Ledger.insert(connection, "effects", context.executionId());
        context.complete(JdbcSession.of(connection));
        connection.commit();
      } finally {
        rollBack(connection);
      }
    }
    return Outcome.succeeded();
  }

  /** So that a pool gets back what it gave; no effect after a commit. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // Broken: the pool finds out.
    }
  }

  private void heard(TrigRunEvent event) {
    if (event instanceof TrigRunEvent.LeaseLost lost) {
      lostLeases.merge(lost.executionId(), 1, Integer::sum);
    }
  }

  /**
   * Enqueues work as a host has to that wants it once: by a unique key, again and again until it is
   * told that it worked.
   */
  static List<UUID> enqueue(TrigRun client, Random random, int count, List<String> handlers) {
    List<ExecutionRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(
          ExecutionRequest.of(handlers.get(random.nextInt(handlers.size())), Json.EMPTY_OBJECT)
              .uniqueKey(UUID.randomUUID().toString()));
    }
    while (true) {
      try {
        return client.enqueue(requests).stream().map(Enqueued::executionId).toList();
      } catch (StoreException e) {
        if (!e.isRetryable()) {
          throw e;
        }
      }
    }
  }

  Collection<Call> calls() {
    return calls;
  }

  long callsOf(String node) {
    return calls.stream().filter(call -> call.node().equals(node)).count();
  }

  long lostLeases() {
    return lostLeases.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** An unrecorded call is excused by a lost lease of the same execution. */
  long excused(List<Call> unrecorded) {
    return unrecorded.isEmpty() ? 0 : lostLeases.getOrDefault(unrecorded.get(0).execution(), 0);
  }

  /** Stops all nodes: what they have to tell is told then. */
  void stop() {
    nodes.forEach(TrigRun::close);
    nodes.clear();
  }

  @Override
  public void close() {
    stop();
  }
}
