package io.trigrun.contract;

import io.trigrun.memory.InMemoryJobStore;
import io.trigrun.spi.JobStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same random operations on two stores must be answered the same and leave the same behind. A
 * failure names seed and step: run that seed alone to see it again.
 */
public abstract class StoreModelContract {

  private static final int STEPS = 400;

  /** A fresh and empty store that is put to the test. */
  protected abstract JobStore subject();

  /** The store that is known to be right. */
  protected JobStore reference() {
    return new InMemoryJobStore();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void random_operations_are_answered_the_same_and_leave_the_same_behind(long seed) {
    try (JobStore reference = reference();
        JobStore subject = subject()) {
      RandomOperations operations = new RandomOperations(seed);
      StoreComparison comparison = new StoreComparison(reference, subject);
      for (int step = 1; step <= STEPS; step++) {
        RandomOperations.Operation operation = operations.next();
        String place = "seed " + seed + ", step " + step + ": " + operation.name();
        operations.learn(comparison.run(place, operation));
      }
      comparison.compareAll("seed " + seed + ", at the end", operations);
    }
  }
}
