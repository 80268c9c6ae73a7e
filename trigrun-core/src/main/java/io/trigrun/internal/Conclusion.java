package io.trigrun.internal;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static io.trigrun.ExecutionState.WAITING;

import io.trigrun.Attempt;
import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WakeUp;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What becomes of an execution after an attempt: pure, the one place that decides about retries.
 */
record Conclusion(
    Run run,
    RetryPolicy policy,
    Instant startedAt,
    Instant endedAt,
    String node,
    RandomGenerator random) {

  private static final Duration REACH = Duration.ofDays(36_500);

  Transition of(Outcome outcome) {
    Execution execution = run.execution();
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return to(SUCCEEDED, endedAt, execution.attempt())
          .record(succeeded.report(), Optional.empty())
          .output(succeeded.output())
          .consumeWakeUps()
          .build();
    }
    if (outcome instanceof Outcome.Failed failed) {
      return failed(failed);
    }
    if (isBeyondReach(outcome)) {
      return of(
          Outcome.failed(
                  "UNUSABLE_OUTCOME",
                  "expected to go on within " + REACH.toDays() + " days, got " + outcome)
              .withoutRetry());
    }
    if (outcome instanceof Outcome.Later later) {
      int attempt = later.countsAttempt() ? execution.attempt() : execution.attempt() - 1;
      Draft draft =
          to(PENDING, later.at(), attempt).checkpoint(later.checkpoint()).consumeWakeUps();
      later.report().ifPresent(report -> draft.record(report, Optional.empty()));
      return draft.build();
    }
    if (outcome instanceof Outcome.Parked parked) {
      return to(WAITING, parked.until(), execution.attempt())
          .checkpoint(parked.checkpoint())
          .waitKeys(parked.waitKeys())
          .consumeWakeUps()
          .build();
    }
    Outcome.Cancelled cancelled = (Outcome.Cancelled) outcome;
    return to(CANCELLED, endedAt, execution.attempt()).failure(cancelled.reason()).build();
  }

  /** No store need be able to hold any instant there is. */
  private boolean isBeyondReach(Outcome outcome) {
    Instant at =
        outcome instanceof Outcome.Later later
            ? later.at()
            : outcome instanceof Outcome.Parked parked ? parked.until() : endedAt;
    return at.isAfter(endedAt.plus(REACH)) || at.isBefore(endedAt.minus(REACH));
  }

  /** The node stops before the handler has said anything: as if it had not been claimed. */
  Transition handedBack() {
    return to(PENDING, run.claimed().dueAt(), run.execution().attempt() - 1).build();
  }

  private Transition failed(Outcome.Failed failed) {
    int attempt = run.execution().attempt();
    boolean endless = run.execution().trigger() == Trigger.SYSTEM;
    boolean again = endless || (failed.retry() && attempt < policy.maxAttempts());
    Draft draft =
        again
            ? to(PENDING, endedAt.plus(wait(failed, attempt)), attempt)
            : to(FAILED, endedAt, attempt);
    return draft
        .record(failed.report(), Optional.of(failed.failure()))
        .failure(failed.failure())
        .build();
  }

  private Duration wait(Outcome.Failed failed, int attempt) {
    Duration backoff = policy.backoff().delay(Math.max(1, attempt), random);
    Duration wanted = failed.retryAfter().orElse(backoff);
    if (wanted.compareTo(REACH) > 0) {
      throw new IllegalArgumentException(
          "expected to retry within " + REACH.toDays() + " days, got " + wanted);
    }
    return wanted.compareTo(backoff) > 0 ? wanted : backoff;
  }

  private Draft to(ExecutionState state, Instant dueAt, int attempt) {
    return new Draft(state, dueAt, attempt);
  }

  /** A transition in the making. */
  private final class Draft {
    private final ExecutionState state;
    private final Instant dueAt;
    private final int attempt;
    private Optional<Attempt> record = Optional.empty();
    private Optional<String> output = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private Optional<String> checkpoint = Optional.empty();
    private Set<String> waitKeys = Set.of();
    private Set<String> consumed = Set.of();

    Draft(ExecutionState state, Instant dueAt, int attempt) {
      this.state = state;
      this.dueAt = dueAt;
      this.attempt = attempt;
    }

    Draft record(AttemptReport report, Optional<Failure> reason) {
      record =
          Optional.of(
              new Attempt(
                  run.execution().attempt(),
                  report.status(),
                  startedAt,
                  Duration.between(startedAt, endedAt),
                  report.statusCode(),
                  reason.map(Failure::errorClass),
                  reason.map(Failure::message),
                  report.bodyPreview().or(run::logged),
                  report.headers(),
                  node));
      return this;
    }

    Draft output(Optional<String> json) {
      output = json;
      return this;
    }

    Draft failure(Failure reason) {
      failure = Optional.of(reason);
      return this;
    }

    Draft checkpoint(Optional<String> notes) {
      checkpoint = notes;
      return this;
    }

    Draft waitKeys(Set<String> keys) {
      waitKeys = keys;
      return this;
    }

    /**
     * The handler has dealt with what woke it. A failed attempt has not: the next one gets it
     * again.
     */
    Draft consumeWakeUps() {
      if (run.claimed().wakeUps().isEmpty()) {
        return this;
      }
      consumed =
          run.claimed().wakeUps().stream()
              .map(WakeUp::waitKey)
              .collect(Collectors.toUnmodifiableSet());
      return this;
    }

    Transition build() {
      return new Transition(
          run.claimed().lease(),
          state,
          endedAt,
          dueAt,
          Math.max(0, attempt),
          record,
          output,
          failure,
          checkpoint,
          run.latestProgress(),
          waitKeys,
          consumed,
          WriteSet.empty());
    }
  }
}
