package io.trigrun.jdbc;

import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trigrun.Execution;
import io.trigrun.ExecutionRequest;
import io.trigrun.Health;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.spi.JobStore;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S23: nodes whose clocks are an hour apart go by the clock of the database they share. */
@Timeout(60)
abstract class ClockContract {

  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init")
  private JobStore store;

  /** An empty database of the kind under test, whose clock is this machine's. */
  abstract DataSource dataSource();

  @BeforeEach
  void open() {
    store = TestDatabases.store(dataSource());
  }

  private TrigRunBuilder node(String name, Duration wrongBy) {
    return TrigRun.builder()
        .store(store)
        .node(name)
        .clock(Clock.offset(Clock.systemUTC(), wrongBy))
        .lease(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(10))
        .handler("quick", Json.class, (payload, context) -> calls.incrementAndGet())
        .handler(
            "slow",
            Json.class,
            (payload, context) -> {
              calls.incrementAndGet();
              begun.countDown();
              goOn.await();
            });
  }

  private static ExecutionRequest request(String handler) {
    return ExecutionRequest.of(handler, Json.EMPTY_OBJECT);
  }

  private static Execution get(TrigRun node, UUID id) {
    return node.executions().find(id).orElseThrow();
  }

  /** Waits until a node has claimed after now, as everybody sees it. */
  private static void awaitClaims(TrigRun node, Duration during) throws InterruptedException {
    Instant until = Instant.now().plus(during);
    while (node.health().lastClaim().filter(until::isBefore).isEmpty()) {
      assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void what_is_enqueued_in_transactions_of_the_host_is_due_right_although_its_clock_was_set()
      throws Exception {
    AtomicReference<Duration> wrongBy = new AtomicReference<>(Duration.ZERO);
    Clock settable =
        new Clock() {
          @Override
          public Instant instant() {
            return Instant.now().plus(wrongBy.get());
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    try (TrigRun idle = node("idle", Duration.ZERO).clock(settable).build();
        Connection host = dataSource().getConnection()) {
      host.setAutoCommit(false);
      for (Duration set : List.of(Duration.ofHours(3), Duration.ofHours(-2), Duration.ZERO)) {
        wrongBy.set(set);
        UUID id = idle.enqueue(JdbcSession.of(host), request("quick")).executionId();
        host.commit();
        assertThat(get(idle, id).dueAt())
            .as("set by " + set)
            .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
      }
      host.setAutoCommit(true);
    }
  }

  @Test
  void the_store_has_a_clock() {
    assertThat(store.now().orElseThrow()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }

  @Test
  void nothing_starts_early_and_no_lease_is_stolen() throws Exception {
    try (TrigRun right = node("right", Duration.ZERO).build();
        TrigRun fast = node("fast", Duration.ofHours(1)).build()) {
      right.start();
      UUID slow = right.enqueue(request("slow")).executionId();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      UUID later = right.enqueue(request("quick").delay(Duration.ofMinutes(30))).executionId();
      fast.start();
      awaitClaims(fast, Duration.ofSeconds(2)); // twice a lease
      assertThat(calls).hasValue(1);
      assertThat(get(fast, slow).lease()).isEqualTo(1);
      assertThat(get(fast, later).state()).isEqualTo(PENDING);
      assertThat(fast.health().clockOffset())
          .isCloseTo(Duration.ofHours(-1), Duration.ofSeconds(5));
      assertThat(right.health().clockOffset()).isCloseTo(Duration.ZERO, Duration.ofSeconds(1));
      goOn.countDown();
      right.stop(Duration.ofSeconds(20));
      assertThat(get(fast, slow).state()).isEqualTo(SUCCEEDED);
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void what_a_wrong_node_enqueues_is_due_when_it_says_by_everybodys_clock() throws Exception {
    try (TrigRun right = node("right", Duration.ZERO).build();
        TrigRun slow = node("slow", Duration.ofHours(-1)).build();
        TrigRun fast = node("fast", Duration.ofHours(1)).build()) {
      UUID now = fast.enqueue(request("quick")).executionId(); // a node that is not even started
      UUID soon = slow.enqueue(request("quick").delay(Duration.ofMinutes(30))).executionId();
      Instant due = Instant.now().plus(Duration.ofMinutes(30));
      assertThat(get(right, soon).dueAt()).isCloseTo(due, within(5, ChronoUnit.SECONDS));
      assertThat(get(right, now).createdAt())
          .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
      right.start();
      while (get(right, now).state() != SUCCEEDED) {
        assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
      }
      right.stop(Duration.ofSeconds(20));
      assertThat(get(right, now).state()).isEqualTo(SUCCEEDED);
      assertThat(get(right, soon).state()).isEqualTo(PENDING);
      assertThat(right.health().status()).isEqualTo(Health.Status.STOPPED);
    }
  }
}
