package io.trigrun.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.BackoffPolicy;
import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.RetryPolicy;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.chaos.FailpointStore.Mode;
import io.trigrun.chaos.FailpointStore.Site;
import io.trigrun.handler.Outcome;
import io.trigrun.handler.OutcomeHandler;
import io.trigrun.jdbc.JdbcJobStore;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.servers.TestDatabase;
import io.trigrun.servers.TestServer;
import io.trigrun.spi.Enqueued;
import io.trigrun.spi.JobStore;
import io.trigrun.spi.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * The engine with its threads, whose store fails at one call: once, so that it has to go on by
 * itself, or for ever, so that another process takes over.
 */
@Chaos
class LiveFailpointTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RetryPolicy RETRY =
      RetryPolicy.attempts(20).withBackoff(BackoffPolicy.fixed(Duration.ofMillis(1)));
  private static final Site EXTENSION = new Site("extendLeases", 0);
  private static final List<Site> SITES =
      List.of(
          new Site("write", 0),
          new Site("claim", 0),
          new Site("claim", 1),
          new Site("apply", 0),
          new Site("apply", 1),
          EXTENSION);

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final List<TrigRun> dead = new ArrayList<>();

  @Test
  void in_memory_any_call_may_fail(Seed seed) throws Exception {
    Figures figures = new Figures("live-failpoints-memory", seed);
    for (Site site : SITES) {
      for (Mode mode : Mode.values()) {
        failAt(site, mode, new InMemoryJobStore(), figures);
      }
    }
    end(figures);
  }

  @Test
  void on_postgresql_any_call_may_fail(Seed seed) throws Exception {
    Figures figures = new Figures("live-failpoints-postgresql", seed);
    try (TestDatabase database = TestServer.POSTGRESQL.create();
        JobStore store = JdbcJobStore.builder(database.dataSource()).migrate(true).open()) {
      for (Site site : SITES) {
        for (Mode mode : Mode.values()) {
          failAt(site, mode, store, figures);
        }
      }
      end(figures);
    }
  }

  /** Who died still has threads that do not know. */
  private void end(Figures figures) {
    dead.parallelStream().forEach(node -> node.stop(Duration.ZERO));
    figures.print();
  }

  private void failAt(Site site, Mode mode, JobStore real, Figures figures) throws Exception {
    calls.clear();
    FailpointStore failing = FailpointStore.silent(real, site, mode);
    TrigRun first = node("first", failing.store(), failing, Duration.ZERO);
    List<ExecutionRequest> work = work(site);
    List<UUID> ids = List.of();
    first.start();
    try {
      ids = enqueue(first, work, failing);
    } catch (FailpointStore.Dead e) {
      assertThat(mode.isDeath()).isTrue(); // the host's own call was its last
    }
    Await.until(mode + " at " + site, PATIENCE, failing::hasStruck);
    TrigRun last = first;
    if (mode.isDeath()) {
      dead.add(first);
      // Its clock is ahead, so that no lease need be waited for.
      last = node("last", real, failing, Duration.ofMinutes(1));
      ids = enqueue(last, work, FailpointStore.counting(real));
      last.start();
    }
    List<UUID> ordered = ids;
    Await.until(
        "everything done after " + mode + " at " + site,
        PATIENCE,
        () ->
            real.findExecutions(ordered).stream()
                .map(Execution::state)
                .allMatch(state -> state.isFinal()));
    last.stop(Duration.ofSeconds(10));
    try {
      new Audit(real, ordered, calls)
          .everythingSucceeded(
              unrecorded ->
                  mode.isDeath()
                      ? unrecorded.stream().filter(call -> call.node().equals("first")).count()
                      : 0,
              figures);
    } catch (AssertionError e) {
      throw new AssertionError(mode + " at " + site + ": " + e.getMessage(), e);
    }
    figures.add(mode.isDeath() ? "kills" : "faults", 1);
  }

  private static List<ExecutionRequest> work(Site site) {
    List<ExecutionRequest> work = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String handler = i == 0 && site.equals(EXTENSION) ? "long" : i % 2 == 0 ? "plain" : "flaky";
      work.add(
          ExecutionRequest.of(handler, Json.EMPTY_OBJECT).uniqueKey(UUID.randomUUID().toString()));
    }
    return work;
  }

  private static List<UUID> enqueue(
      TrigRun node, List<ExecutionRequest> work, FailpointStore failing) {
    while (true) {
      try {
        return node.enqueue(work).stream().map(Enqueued::executionId).toList();
      } catch (StoreException e) {
        assertThat(e.isRetryable()).isTrue();
        if (failing.isDead()) {
          throw new FailpointStore.Dead();
        }
      }
    }
  }

  private TrigRun node(String name, JobStore store, FailpointStore failing, Duration ahead) {
    TrigRunBuilder builder =
        TrigRun.builder()
            .store(store)
            .node(name)
            .clock(Clock.offset(Clock.systemUTC(), ahead))
            .alignClock(false)
            .lease(Duration.ofSeconds(1))
            .pollInterval(Duration.ofMillis(20))
            .httpTransport(
                call -> CompletableFuture.failedFuture(new IOException("nobody calls anybody")));
    handler(builder, name, "plain", (payload, context) -> Outcome.succeeded());
    handler(
        builder,
        name,
        "flaky",
        (payload, context) ->
            context.attempt() == 1 ? Outcome.failed("FLAKY", "it fails") : Outcome.succeeded());
    handler(
        builder,
        name,
        "long",
        (payload, context) -> {
          Await.until("an extension", PATIENCE, failing::hasStruck);
          return Outcome.succeeded();
        });
    return builder.build();
  }

  private void handler(
      TrigRunBuilder builder, String node, String name, OutcomeHandler<Json> handler) {
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
}
