package io.trigrun.internal;

import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobState;
import io.trigrun.Priority;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.Outcome;
import io.trigrun.schedule.Firing;
import io.trigrun.spi.ExecutionHandler;
import io.trigrun.spi.HandlerRegistration;
import io.trigrun.spi.HandlerResult;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.RunContext;
import io.trigrun.spi.WriteSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Fires schedules. A job's cursor is one execution that is due whenever the schedule fires: it
 * enqueues the run and moves itself to the next firing, in one write. Its checkpoint is the firing
 * it stands at.
 */
final class ScheduleCursor implements ExecutionHandler {

  static final String HANDLER = "trigrun.schedule";
  static final String QUEUE = "trigrun.system";

  private final RunFactory runs;

  ScheduleCursor(RunFactory runs) {
    this.runs = runs;
  }

  HandlerRegistration registration() {
    return new HandlerRegistration(HANDLER, QUEUE, RetryPolicy.standard(), this);
  }

  @Override
  public CompletionStage<HandlerResult> handle(RunContext context) {
    return CompletableFuture.completedFuture(fire(context));
  }

  private HandlerResult fire(RunContext context) {
    Optional<Job> found =
        context
            .job()
            .filter(job -> job.state() == JobState.ACTIVE)
            .filter(job -> job.cursor().equals(Optional.of(context.executionId())));
    if (found.isEmpty()) {
      return HandlerResult.of(
          new Outcome.Cancelled(
              new Failure("SCHEDULE_CHANGED", "the job's schedule does not fire any more")));
    }
    Job job = found.get();
    Instant planned = context.checkpoint().map(Instant::parse).orElse(context.scheduledFor());
    Firing firing =
        Firing.decide(
            job.spec().schedule(), job.spec().missed(), planned, context.now(), job.createdAt());
    List<NewExecution> enqueue =
        firing.runs().stream()
            .map(instant -> runs.fired(job, context.executionId(), instant, context.now()))
            .toList();
    Outcome outcome =
        firing.next().isPresent()
            ? Outcome.later(firing.next().get()).withCheckpoint(firing.next().get().toString())
            : Outcome.succeeded();
    WriteSet writes = WriteSet.enqueue(enqueue);
    if (firing.next().isEmpty() && enqueue.isEmpty()) {
      writes = writes.plus(JobDocument.save(JobDocument.completed(job, context.now())));
    }
    return HandlerResult.of(outcome, writes);
  }

  /** The cursor of a job whose schedule fires first at an instant. */
  static NewExecution at(Job job, UUID id, Instant first, Instant now) {
    return new NewExecution(
        id,
        job.workspace(),
        QUEUE,
        HANDLER,
        Optional.of(job.id()),
        Optional.empty(),
        Optional.empty(),
        Trigger.SYSTEM,
        Priority.HIGH,
        first,
        first,
        now,
        Optional.empty(),
        Optional.empty(),
        "{}");
  }
}
