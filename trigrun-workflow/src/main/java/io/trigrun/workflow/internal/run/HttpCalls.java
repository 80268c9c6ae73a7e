package io.trigrun.workflow.internal.run;

import io.trigrun.spi.RunContext;
import io.trigrun.workflow.internal.http.StepCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes the calls of HTTP steps. */
@FunctionalInterface
interface HttpCalls {

  /**
   * Sends the request of an attempt.
   *
   * @param limit how long the run leaves it
   * @param mayWait whether the calling thread may be kept until the answer is there
   */
  CompletableFuture<TaskResult> send(
      StepCall call, Task task, RunContext run, Duration limit, boolean mayWait)
      throws InterruptedException;
}
