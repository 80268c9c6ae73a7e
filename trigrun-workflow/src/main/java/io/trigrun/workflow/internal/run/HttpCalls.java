package io.trigrun.workflow.internal.run;

import io.trigrun.spi.RunContext;
import io.trigrun.workflow.definition.HttpStep;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes the calls of {@link HttpStep}s. */
@FunctionalInterface
interface HttpCalls {

  /**
   * Sends the request of an attempt.
   *
   * @param limit how long the run leaves it
   */
  CompletableFuture<TaskResult> send(HttpStep step, Task task, RunContext run, Duration limit);
}
