package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.TrigRun;
import io.trigrun.spi.JobStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a thread of the library running or an execution RUNNING, then closes its
 * store.
 */
final class NothingLeftBehind implements BeforeEachCallback, AfterEachCallback {

  private static final long PATIENCE_MILLIS = 5_000;

  /** Left by somebody else. */
  private Set<Thread> before = Set.of();

  @Override
  public void beforeEach(ExtensionContext context) {
    before = ours();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    FeatureTest test = (FeatureTest) context.getRequiredTestInstance();
    try (JobStore store = test.store()) {
      assertThat(threads()).as("threads left behind").isEmpty();
      assertThat(store.listExecutions(running()).items()).as("executions left RUNNING").isEmpty();
    }
  }

  private static ExecutionQuery running() {
    return ExecutionQuery.all(TrigRun.DEFAULT_WORKSPACE).states(ExecutionState.RUNNING);
  }

  /** Threads of the library that do not end although they were told to, and where they are. */
  private List<String> threads() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    for (Thread thread : left()) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
    return left().stream()
        .map(thread -> thread.getName() + " " + Arrays.toString(thread.getStackTrace()))
        .sorted()
        .toList();
  }

  private Set<Thread> left() {
    Set<Thread> left = new HashSet<>(ours());
    left.removeAll(before);
    return left;
  }

  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("trigrun-"))
        .collect(Collectors.toSet());
  }
}
