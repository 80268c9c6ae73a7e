package io.trigrun.contract.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.trigrun.ExecutionQuery;
import io.trigrun.ExecutionState;
import io.trigrun.TrigRun;
import io.trigrun.spi.JobStore;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a thread of the library running or an execution RUNNING, then closes its
 * store.
 */
final class NothingLeftBehind implements AfterEachCallback {

  private static final long PATIENCE_MILLIS = 5_000;

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

  /** Threads of the library that do not end although they were told to. */
  private static List<String> threads() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("trigrun-")) {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      }
    }
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("trigrun-"))
        .sorted()
        .toList();
  }
}
