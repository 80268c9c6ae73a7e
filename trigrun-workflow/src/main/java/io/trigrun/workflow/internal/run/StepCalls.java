package io.trigrun.workflow.internal.run;

import io.trigrun.http.RunStamp;
import io.trigrun.spi.Host;
import io.trigrun.spi.RunContext;
import io.trigrun.workflow.internal.http.StepAnswer;
import io.trigrun.workflow.internal.http.StepCall;
import io.trigrun.workflow.internal.http.StepCaller;
import io.trigrun.workflow.internal.http.StepStamp;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Makes the calls of HTTP steps through the TrigRun's own transport, and so its egress policy. */
final class StepCalls implements HttpCalls {

  private final Host host;
  private final StepCaller caller;

  StepCalls(Host host) {
    this.host = host;
    this.caller = new StepCaller(host.transport(), host.tracingHeaders(), host.clock());
  }

  @Override
  public CompletableFuture<TaskResult> send(
      StepCall call, Task task, RunContext run, Duration limit, boolean mayWait)
      throws InterruptedException {
    CompletableFuture<StepAnswer> answer =
        caller.send(
            call,
            task.scope(),
            host.secrets().lookup(run.workspace()),
            new StepStamp(stamp(run, task), task.key()),
            mayWait);
    if (answer.isDone()) {
      return answer.thenApply(StepCalls::result);
    }
    CompletableFuture<TaskResult> result =
        answer
            .thenApply(StepCalls::result)
            .completeOnTimeout(timedOut(limit), limit.toMillis(), TimeUnit.MILLISECONDS);
    // Given up, or out of time: the exchange ends with it.
    var unused = result.whenComplete((value, error) -> answer.cancel(true));
    return result;
  }

  private static RunStamp stamp(RunContext run, Task task) {
    return new RunStamp(
        run.jobId().map(Object::toString),
        run.executionId(),
        run.scheduledFor(),
        0,
        task.attempt(),
        Optional.empty(),
        run.trace());
  }

  private static TaskResult timedOut(Duration limit) {
    return new TaskResult.Failed(
        StepFailure.of("STEP_TIMEOUT", "expected an end within " + limit + ", got none"),
        true,
        Optional.empty());
  }

  private static TaskResult result(StepAnswer answer) {
    return answer
        .failure()
        .<TaskResult>map(
            failure ->
                new TaskResult.Failed(
                    new StepFailure(failure.errorClass(), failure.message(), answer.status()),
                    answer.retryable(),
                    answer.retryAfter(),
                    answer.output().orElseGet(Nodes::nothing)))
        .orElseGet(
            () ->
                new TaskResult.Success(
                    answer.output().orElseGet(Nodes::nothing),
                    answer.status(),
                    answer.truncated()));
  }
}
