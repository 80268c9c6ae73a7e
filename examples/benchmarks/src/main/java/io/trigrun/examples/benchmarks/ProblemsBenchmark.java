package io.trigrun.examples.benchmarks;

import io.trigrun.validation.Problems;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a builder pays for checking a value that is right. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ProblemsBenchmark {
  private int timeoutSeconds = 30;

  @Benchmark
  public int check_of_a_right_value() {
    Problems.require(timeoutSeconds <= 300, "timeout_seconds", "1 to 300", timeoutSeconds);
    return timeoutSeconds;
  }
}
