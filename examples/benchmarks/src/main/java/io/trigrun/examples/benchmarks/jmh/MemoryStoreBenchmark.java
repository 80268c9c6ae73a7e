package io.trigrun.examples.benchmarks.jmh;

import io.trigrun.ExecutionState;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.Applied;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.ClaimedExecution;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.TimeOrderedId;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A million executions with random due instants go into the in-memory store, and are then claimed
 * and completed. Each iteration is one pass over a fresh store, the result executions per second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 2,
    jvmArgs = {"-Xms6g", "-Xmx6g"})
@Warmup(iterations = 2, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.MILLISECONDS)
public class MemoryStoreBenchmark {

  private static final int EXECUTIONS = 1_000_000;
  private static final int SPREAD_SECONDS = 3_600;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant THEN = NOW.plusSeconds(SPREAD_SECONDS);

  @Param({"100", "1000"})
  private int batch;

  private InMemoryJobStore store = new InMemoryJobStore();

  /** Whether the million is in the store before the measurement begins. */
  @State(Scope.Benchmark)
  public static class Filled {
    @Setup(Level.Invocation)
    public void fill(MemoryStoreBenchmark benchmark) {
      benchmark.enqueue();
    }
  }

  @Setup(Level.Invocation)
  public void emptyStore() {
    store = new InMemoryJobStore();
    System.gc();
  }

  @TearDown(Level.Invocation)
  public void close() {
    store.close();
  }

  @Benchmark
  @OperationsPerInvocation(EXECUTIONS)
  public long enqueue() {
    SplittableRandom random = new SplittableRandom(1);
    for (int done = 0; done < EXECUTIONS; done += batch) {
      List<NewExecution> executions = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        executions.add(execution(NOW.plusNanos(random.nextLong(SPREAD_SECONDS * 1_000_000_000L))));
      }
      store.write(WriteSet.enqueue(executions));
    }
    return store.revision();
  }

  @Benchmark
  @OperationsPerInvocation(EXECUTIONS)
  public long claim_and_complete(Filled filled) {
    ClaimRequest request =
        new ClaimRequest(
            "node", Map.of("default", batch), Set.of("handler"), THEN, THEN, THEN.plusSeconds(30));
    int completed = 0;
    while (completed < EXECUTIONS) {
      List<ClaimedExecution> claimed = store.claim(request).executions();
      List<Transition> transitions = new ArrayList<>(claimed.size());
      for (ClaimedExecution each : claimed) {
        transitions.add(Transition.to(ExecutionState.SUCCEEDED, each.lease(), 1, THEN, THEN));
      }
      for (Applied applied : store.apply(transitions)) {
        if (!(applied instanceof Applied.Done)) {
          throw new IllegalStateException(
              "expected every transition to be applied, got " + applied);
        }
        completed++;
      }
    }
    return completed;
  }

  private static NewExecution execution(Instant dueAt) {
    return new NewExecution(
        TimeOrderedId.at(NOW),
        "default",
        "default",
        "handler",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Trigger.ENQUEUE,
        Priority.NORMAL,
        dueAt,
        dueAt,
        NOW,
        Optional.empty(),
        Optional.empty(),
        "{}");
  }
}
