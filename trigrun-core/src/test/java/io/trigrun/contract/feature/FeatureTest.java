package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.TrigRun;
import io.trigrun.TrigRunBuilder;
import io.trigrun.Trigger;
import io.trigrun.egress.EgressPolicy;
import io.trigrun.http.HttpTransport;
import io.trigrun.spi.JobStore;
import io.trigrun.testing.ManualClock;
import io.trigrun.testing.TrigRunDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A store, a clock that moves by hand, and TrigRuns that are closed after each test. Nothing may be
 * left behind then: see {@link NothingLeftBehind}.
 */
@ExtendWith(NothingLeftBehind.class)
public abstract class FeatureTest {

  /** Where the manual clock starts. */
  static final Instant START = Instant.parse("2026-03-16T10:00:00Z");

  /** How long a test waits for what should come at once. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The servers of tests are on this machine. */
  static final EgressPolicy HERE = EgressPolicy.builder().allowLoopback().build();

  final ManualClock clock = ManualClock.at(START);

  private final List<AutoCloseable> opened = new ArrayList<>();
  private JobStore store;

  protected FeatureTest() {}

  /** An empty store of the kind under test. Closed after the test. */
  protected abstract JobStore openStore();

  @BeforeEach
  void open() {
    store = openStore();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  final JobStore store() {
    return store;
  }

  /** A node by hand: nothing happens but what the test drives. */
  final TrigRunBuilder manual() {
    return TrigRun.builder().store(store).clock(clock).node("manual").egress(HERE);
  }

  /** By hand, too, with a transport of the test's. */
  final TrigRunBuilder manual(HttpTransport transport) {
    return TrigRun.builder().store(store).clock(clock).node("manual").httpTransport(transport);
  }

  /** With threads, and a transport of the test's. */
  final TrigRunBuilder live(String node, HttpTransport transport) {
    return TrigRun.builder()
        .store(store)
        .node(node)
        .pollInterval(Duration.ofMillis(10))
        .httpTransport(transport);
  }

  /** A node with threads, on the real clock. */
  final TrigRunBuilder live(String node) {
    return TrigRun.builder()
        .store(store)
        .node(node)
        .pollInterval(Duration.ofMillis(10))
        .egress(HERE);
  }

  /** Builds it, and closes it after the test. */
  final TrigRun open(TrigRunBuilder builder) {
    return closing(builder.build());
  }

  /** Builds and starts it, and closes it after the test. */
  final TrigRun started(TrigRunBuilder builder) {
    TrigRun trigrun = open(builder);
    trigrun.start();
    return trigrun;
  }

  final <T extends AutoCloseable> T closing(T resource) {
    opened.add(resource);
    return resource;
  }

  final TrigRunDriver driver(TrigRun trigrun) {
    return new TrigRunDriver(trigrun, clock);
  }

  /** Waits for what no latch or event tells of. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(deadline - System.nanoTime()).as("time left for " + what).isPositive();
      LockSupport.parkNanos(1_000_000);
    }
  }

  static Execution get(TrigRun trigrun, UUID executionId) {
    return trigrun.executions().find(executionId).orElseThrow();
  }

  static ExecutionState stateOf(TrigRun trigrun, UUID executionId) {
    return get(trigrun, executionId).state();
  }

  /** The runs of a job, the earliest first, without the library's own executions. */
  static List<Execution> runs(TrigRun trigrun, UUID jobId) {
    return trigrun
        .executions()
        .list(trigrun.executions().query().job(jobId).limit(1_000))
        .items()
        .stream()
        .filter(execution -> execution.trigger() != Trigger.SYSTEM)
        .sorted(Comparator.comparing(Execution::scheduledFor).thenComparing(Execution::id))
        .toList();
  }

  /** The moments the runs of a job were meant for, as times of the day in UTC. */
  static List<String> timesOf(TrigRun trigrun, UUID jobId) {
    return runs(trigrun, jobId).stream()
        .map(run -> run.scheduledFor().toString().substring(11, 19))
        .toList();
  }

  static List<String> instantsOf(TrigRun trigrun, UUID jobId) {
    return runs(trigrun, jobId).stream().map(run -> run.scheduledFor().toString()).toList();
  }
}
