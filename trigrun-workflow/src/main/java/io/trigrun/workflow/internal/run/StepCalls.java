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
            limit,
            mayWait);
    CompletableFuture<TaskResult> result = answer.thenApply(StepCalls::result);
    if (!answer.isDone()) {
      // Given up: the exchange ends with it.
      var unused = result.whenComplete((value, error) -> answer.cancel(true));
    }
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
