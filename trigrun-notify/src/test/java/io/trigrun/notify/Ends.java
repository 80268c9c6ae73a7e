package io.trigrun.notify;

import io.trigrun.Attempt;
import io.trigrun.AttemptStatus;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Job;
import io.trigrun.JobSpec;
import io.trigrun.JobState;
import io.trigrun.Priority;
import io.trigrun.Trigger;
import io.trigrun.spi.AttemptEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ends of attempts, for tests. */
final class Ends {

  private static final Instant NOW = TestHost.NOW;

  private Ends() {}

  static AttemptEnd of(UUID jobId, ExecutionState state, boolean attemptSucceeded) {
    Job job =
        new Job(
            jobId,
            "default",
            JobSpec.named("Nightly sync").handler("sync").build(),
            JobState.ACTIVE,
            1,
            NOW,
            NOW,
            Optional.empty());
    Attempt attempt =
        new Attempt(
            3,
            attemptSucceeded ? AttemptStatus.SUCCESS : AttemptStatus.HTTP_ERROR,
            NOW,
            Duration.ofMillis(12),
            Optional.of(attemptSucceeded ? 200 : 500),
            Optional.of("HTTP_5XX").filter(word -> !attemptSucceeded),
            Optional.empty(),
            Optional.of("Internal Server Error"),
            Map.of(),
            "node-1");
    Execution execution = execution(UUID.randomUUID(), jobId, "sync", Trigger.SCHEDULE, state, 7);
    return new AttemptEnd(execution, Optional.of(job), Optional.of(attempt), NOW);
  }

  static AttemptEnd withLease(AttemptEnd end, long lease) {
    return with(end, end.execution().handler(), end.execution().trigger(), lease);
  }

  static AttemptEnd withTrigger(AttemptEnd end, Trigger trigger) {
    return with(end, end.execution().handler(), trigger, end.execution().lease());
  }

  static AttemptEnd withHandler(AttemptEnd end, String handler) {
    return with(end, handler, end.execution().trigger(), end.execution().lease());
  }

  private static AttemptEnd with(AttemptEnd end, String handler, Trigger trigger, long lease) {
    Execution old = end.execution();
    return new AttemptEnd(
        execution(old.id(), old.jobId().orElseThrow(), handler, trigger, old.state(), lease),
        end.job(),
        end.attempt(),
        end.at());
  }

  private static Execution execution(
      UUID id, UUID jobId, String handler, Trigger trigger, ExecutionState state, long lease) {
    return new Execution(
        id,
        "default",
        "default",
        handler,
        Optional.of(jobId),
        Optional.empty(),
        Optional.empty(),
        trigger,
        Priority.NORMAL,
        state,
        NOW,
        NOW,
        NOW,
        Optional.of(NOW),
        Optional.empty(),
        3,
        lease,
        Optional.of("node-1"),
        Optional.empty(),
        "{}",
        Optional.empty(),
        Optional.of(new Failure("HTTP_5XX", "status: expected 200, got 500"))
            .filter(failure -> state == ExecutionState.FAILED || state == ExecutionState.PENDING),
        Optional.empty(),
        Optional.empty());
  }
}
