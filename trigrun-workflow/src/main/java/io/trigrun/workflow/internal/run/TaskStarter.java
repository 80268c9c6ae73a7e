package io.trigrun.workflow.internal.run;

import io.trigrun.spi.RunContext;
import io.trigrun.workflow.StepContext;
import io.trigrun.workflow.definition.HandlerStep;
import io.trigrun.workflow.definition.HttpStep;
import io.trigrun.workflow.internal.expression.RenderingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Starts the attempts of one run. */
final class TaskStarter {

  private final Runs runs;
  private final RunContext run;
  private final RunState state;
  private final Plan plan;
  private final HttpCalls http;

  TaskStarter(Runs runs, RunContext run, RunState state, Plan plan, HttpCalls http) {
    this.runs = runs;
    this.run = run;
    this.state = state;
    this.plan = plan;
    this.http = http;
  }

  /**
   * @param mayWait whether the calling thread may be kept until the attempt is over
   */
  CompletableFuture<TaskResult> start(Task task, boolean mayWait) {
    try {
      if (task.step() instanceof HttpStep step) {
        return http.send(plan.call(step), task, run, limit(task), mayWait);
      }
      return call((HandlerStep) task.step(), task, mayWait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits for the run's attempts will see it
      return CompletableFuture.failedFuture(e);
    } catch (RenderingException e) {
      return CompletableFuture.completedFuture(
          failed("TEMPLATE_UNRESOLVED", String.valueOf(e.getMessage())));
    }
  }

  private static TaskResult failed(String errorClass, String message) {
    return new TaskResult.Failed(StepFailure.of(errorClass, message), false, Optional.empty());
  }

  /** How long the attempt may take: as its step says, but no longer than the run may. */
  private Duration limit(Task task) {
    Instant now = run.now();
    Duration rest = Duration.between(now, state.deadline);
    Duration wanted =
        task.step() instanceof HttpStep http
            ? http.attemptTimeout()
            : task.step().options().timeout().orElse(rest);
    Duration limit = wanted.compareTo(rest) < 0 ? wanted : rest;
    return limit.isNegative() || limit.isZero() ? Duration.ofMillis(1) : limit;
  }

  private CompletableFuture<TaskResult> call(HandlerStep step, Task task, boolean mayWait) {
    StepFunction<?> function = runs.functions().get(step.handler());
    if (function == null) {
      return CompletableFuture.completedFuture(
          failed("HANDLER_MISSING", "expected a handler named " + step.handler() + ", got none"));
    }
    JsonNode input = plan.render(step.input(), task.scope());
    StepContext context =
        new StepContext(
            run.executionId(),
            run.jobId(),
            run.workspace(),
            step.id(),
            task.loops().indexes(),
            task.attempt());
    Call call = new Call(function, input, context, limit(task));
    if (mayWait) {
      call.run();
    } else {
      runs.host().threads().execute(call::run);
    }
    return call;
  }

  /** A call of a host's function: cancelling it, and its time being up, interrupts it. */
  private static final class Call extends CompletableFuture<TaskResult> {

    private final StepFunction<?> function;
    private final JsonNode input;
    private final StepContext context;
    private final Duration limit;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile boolean isLate;

    Call(StepFunction<?> function, JsonNode input, StepContext context, Duration limit) {
      this.function = function;
      this.input = input;
      this.context = context;
      this.limit = limit;
    }

    void run() {
      if (isDone()) {
        return;
      }
      thread.set(Thread.currentThread());
      CompletableFuture<Void> alarm =
          new CompletableFuture<Void>()
              .completeOnTimeout(
                  null, limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
      var unused = alarm.thenRun(this::late);
      boolean interrupted = false;
      TaskResult result = null;
      try {
        result = function.call(input, context);
      } catch (InterruptedException e) {
        interrupted = true;
      } finally {
        release();
        alarm.cancel(false);
      }
      if (isLate) {
        Thread.interrupted(); // that was the alarm's
        complete(timedOut(result));
      } else if (result != null) {
        complete(result);
      } else {
        completeExceptionally(new InterruptedException("interrupted"));
      }
      if (interrupted && !isLate && !isCancelled()) {
        Thread.currentThread().interrupt(); // the engine's: the run is to stop
      }
    }

    private TaskResult timedOut(@Nullable TaskResult result) {
      return result instanceof TaskResult.Success
          ? result // it made it after all
          : new TaskResult.Failed(
              StepFailure.of("STEP_TIMEOUT", "expected an end within " + limit + ", got none"),
              true,
              Optional.empty());
    }

    /** From here on nobody interrupts this thread. */
    private synchronized void release() {
      thread.set(null);
    }

    private synchronized void late() {
      Thread running = thread.get();
      if (running != null) {
        isLate = true;
        running.interrupt();
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      synchronized (this) {
        Thread running = thread.get();
        if (cancelled && running != null) {
          running.interrupt();
        }
      }
      return cancelled;
    }
  }
}
