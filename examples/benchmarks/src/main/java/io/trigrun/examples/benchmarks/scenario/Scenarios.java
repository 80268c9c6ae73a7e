package io.trigrun.examples.benchmarks.scenario;

import java.util.List;
import java.util.Optional;

/** All scenarios. */
public final class Scenarios {

  public static final List<Scenario> ALL =
      List.of(
          new Throughput(),
          new TwoNodes(),
          new Latency(),
          new MillionFuture(),
          new Enqueue(),
          new Memory(),
          new Dispatch(),
          new WorkflowRuns(),
          new ParkedRuns(),
          new Pings(),
          new Inbound(),
          new Idle());

  private Scenarios() {}

  public static Optional<Scenario> named(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
