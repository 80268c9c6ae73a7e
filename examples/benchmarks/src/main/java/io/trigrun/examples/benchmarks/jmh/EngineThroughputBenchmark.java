package io.trigrun.examples.benchmarks.jmh;

import io.trigrun.ExecutionRequest;
import io.trigrun.Json;
import io.trigrun.TrigRun;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Executions per second of a handler that does nothing, on a started engine with the in-memory
 * store, from the first claim until the last one is recorded.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 2,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 4, time = 1, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.MILLISECONDS)
public class EngineThroughputBenchmark {

  private static final int EXECUTIONS = 200_000;
  private static final int BATCH = 1_000;
  private static final List<ExecutionRequest> REQUESTS =
      Collections.nCopies(BATCH, ExecutionRequest.of("nothing", new Json("{}")));

  private CountDownLatch left = new CountDownLatch(0);
  private TrigRun trigrun = build();

  /** Everything is due and stored before the engine starts. */
  @State(Scope.Benchmark)
  public static class Filled {
    @Setup(Level.Invocation)
    public void fill(EngineThroughputBenchmark benchmark) {
      benchmark.enqueueAll();
    }
  }

  private TrigRun build() {
    return TrigRun.builder()
        .handler("nothing", Json.class, (payload, context) -> left.countDown())
        .build();
  }

  @Setup(Level.Invocation)
  public void freshEngine() {
    left = new CountDownLatch(EXECUTIONS);
    trigrun = build();
    System.gc();
  }

  @TearDown(Level.Invocation)
  public void close() {
    trigrun.close();
  }

  @Benchmark
  @OperationsPerInvocation(EXECUTIONS)
  public void run_what_is_due(Filled filled) throws InterruptedException {
    trigrun.start();
    awaitAll();
  }

  @Benchmark
  @OperationsPerInvocation(EXECUTIONS)
  public void enqueue_and_run() throws InterruptedException {
    trigrun.start();
    enqueueAll();
    awaitAll();
  }

  private void enqueueAll() {
    for (int done = 0; done < EXECUTIONS; done += BATCH) {
      trigrun.enqueue(REQUESTS);
    }
  }

  private void awaitAll() throws InterruptedException {
    left.await();
    while (trigrun.health().inFlight().values().stream().anyMatch(held -> held > 0)) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
