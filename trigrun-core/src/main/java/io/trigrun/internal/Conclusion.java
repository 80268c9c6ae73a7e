package io.trigrun.internal;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.FAILED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.SUCCEEDED;
import static io.trigrun.ExecutionState.WAITING;

import io.trigrun.Attempt;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.RetryPolicy;
import io.trigrun.Trigger;
import io.trigrun.handler.AttemptReport;
import io.trigrun.handler.Outcome;
import io.trigrun.spi.Boundary;
import io.trigrun.spi.JournalEntry;
import io.trigrun.spi.Transition;
import io.trigrun.spi.WriteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Whether no store need be able to hold when it wants to go on. */
  Optional<Outcome> unusable(Outcome outcome) {
    return isBeyondReach(outcome)
        ? Optional.of(
            Outcome.failed(
                    "UNUSABLE_OUTCOME",
                    "expected to go on within " + REACH.toDays() + " days, got " + outcome)
                .withoutRetry())
        : Optional.empty();
  }

  Transition of(Outcome outcome) {
    return of(outcome, Boundary.empty());
  }

  /**
   * @param outcome a {@linkplain #unusable usable} one
   */
  Transition of(Outcome outcome, Boundary boundary) {
    return draft(outcome).leaving(boundary).build();
  }

  private Draft draft(Outcome outcome) {
    int attempt = run.countedAttempt();
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return to(SUCCEEDED, endedAt, attempt)
          .record(succeeded.report(), Optional.empty())
          .output(succeeded.output())
          .consumeWakeUps();
    }
    if (outcome instanceof Outcome.Failed failed) {
      return failed(failed);
    }
    if (outcome instanceof Outcome.Later later) {
      Draft draft =
          to(PENDING, later.at(), later.countsAttempt() ? attempt : attempt - 1)
              .checkpoint(later.checkpoint())
              .consumeWakeUps();
      later.report().ifPresent(report -> draft.record(report, Optional.empty()));
      return draft;
    }
    if (outcome instanceof Outcome.Parked parked) {
      return to(WAITING, parked.until(), attempt)
          .checkpoint(parked.checkpoint())
          .waitKeys(parked.waitKeys())
          .consumeWakeUps();
    }
    Outcome.Cancelled cancelled = (Outcome.Cancelled) outcome;
    return to(CANCELLED, endedAt, attempt).failure(cancelled.reason());
  }

  private boolean isBeyondReach(Outcome outcome) {
    Instant at =
        outcome instanceof Outcome.Later later
            ? later.at()
            : outcome instanceof Outcome.Parked parked ? parked.until() : endedAt;
    return at.isAfter(endedAt.plus(REACH)) || at.isBefore(endedAt.minus(REACH));
  }

  /** The node stops before the handler has said anything: as if it had not been claimed. */
  Transition handedBack() {
    return to(PENDING, run.claimed().dueAt(), run.countedAttempt() - 1).build();
  }

  private Draft failed(Outcome.Failed failed) {
    int attempt = run.countedAttempt();
    boolean endless = run.execution().trigger() == Trigger.SYSTEM;
    boolean again = endless || (failed.retry() && attempt < policy.maxAttempts());
    Draft draft =
        again
            ? to(PENDING, endedAt.plus(wait(failed, attempt)), attempt)
            : to(FAILED, endedAt, attempt);
    return draft.record(failed.report(), Optional.of(failed.failure())).failure(failed.failure());
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
    private List<JournalEntry> journal = List.of();

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
      if (!run.claimed().wakeUps().isEmpty()) {
        consumed = run.openWaitKeys();
      }
      return this;
    }

    /** What the handler leaves behind goes before what its outcome says. */
    Draft leaving(Boundary boundary) {
      checkpoint = boundary.checkpoint().or(() -> checkpoint);
      journal = boundary.journal();
      if (!boundary.consumed().isEmpty()) {
        consumed =
            Stream.concat(consumed.stream(), boundary.consumed().stream())
                .collect(Collectors.toUnmodifiableSet());
      }
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
          WriteSet.empty(),
          Optional.empty(),
          journal);
    }
  }
}
