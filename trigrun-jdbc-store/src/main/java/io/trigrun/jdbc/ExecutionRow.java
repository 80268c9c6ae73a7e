package io.trigrun.jdbc;

import static io.trigrun.ExecutionState.CANCELLED;
import static io.trigrun.ExecutionState.PENDING;
import static io.trigrun.ExecutionState.RUNNING;
import static io.trigrun.ExecutionState.WAITING;

import io.trigrun.Execution;
import io.trigrun.ExecutionState;
import io.trigrun.Failure;
import io.trigrun.Progress;
import io.trigrun.spi.Cancellation;
import io.trigrun.spi.ClaimRequest;
import io.trigrun.spi.Concurrency;
import io.trigrun.spi.Lease;
import io.trigrun.spi.NewExecution;
import io.trigrun.spi.Transition;
import io.trigrun.spi.UniqueKey;
import io.trigrun.trace.TraceContext;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code trigrun_execution}, read under its lock, changed here and written back. The rules
 * of an execution's life are in this class; what it shares with others (slots, keys, wake-ups) is
 * not.
 */
final class ExecutionRow {

  /** As enqueued; the payload of a row that was read is in {@link Texts} instead. */
  final NewExecution origin;

  final UUID id;
  ExecutionState state = PENDING;
  Instant dueAt;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  int attempt;
  long lease;
  @Nullable String node;
  boolean woken;
  boolean hasWakes;
  Set<String> waitKeys = Set.of();
  boolean holdsSlot;
  boolean blocked;
  @Nullable Failure failure;
  @Nullable Progress progress;

  /** The attempt that ended it, as {@link AttemptText} writes it. */
  @Nullable String lastAttempt;

  /** What a transition brings; null leaves what is there. */
  @Nullable String newOutput;

  @Nullable String newCheckpoint;

  /** The turn under its rate limits that it waits for, or has waited for. */
  @Nullable String turn;

  /** Where in which trace it was enqueued; never changes. */
  Optional<TraceContext> trace;

  ExecutionRow(NewExecution origin) {
    this.origin = origin;
    this.id = origin.id();
    this.dueAt = origin.dueAt();
    this.trace = origin.trace();
  }

  boolean isHeldBy(Lease held) {
    return lease == held.number();
  }

  boolean isClaimable(ClaimRequest request) {
    Instant limit = state == PENDING ? request.horizon() : request.now();
    return state.isLive() && !blocked && !dueAt.isAfter(limit);
  }

  void claim(ClaimRequest request) {
    if (!woken && state != WAITING) {
      attempt++;
    }
    state = RUNNING;
    dueAt = request.leaseUntil();
    lease++;
    node = request.node();
    woken = false;
    waitKeys = Set.of();
    if (startedAt == null) {
      startedAt = request.now();
    }
  }

  /**
   * @param alreadyWoken whether a wake-up of one of its wait keys has come and is not consumed
   */
  void apply(Transition transition, boolean alreadyWoken) {
    attempt = transition.attempt();
    failure = transition.failure().orElse(null);
    newOutput = transition.output().orElse(newOutput);
    newCheckpoint = transition.checkpoint().orElse(newCheckpoint);
    progress = transition.progress().orElse(progress);
    waitKeys = transition.waitKeys();
    turn = transition.turn().orElse(null);
    if (alreadyWoken) {
      wake(transition.at());
    } else if (transition.state().isFinal()) {
      finish(transition.state(), transition.at());
    } else if (transition.state() != RUNNING) {
      state = transition.state();
      dueAt = transition.dueAt();
    } else if (transition.dueAt().isAfter(dueAt)) {
      // A repeated or overtaken checkpoint must not undo an extension of the lease.
      dueAt = transition.dueAt();
    }
  }

  void wake(Instant at) {
    woken = true;
    state = PENDING;
    dueAt = at;
  }

  void cancel(Cancellation cancellation) {
    lease++;
    failure = cancellation.reason();
    finish(CANCELLED, cancellation.at());
  }

  private void finish(ExecutionState end, Instant at) {
    state = end;
    dueAt = at;
    finishedAt = at;
  }

  void revive(Instant at) {
    state = PENDING;
    dueAt = at;
    attempt = 0;
    woken = false;
    finishedAt = null;
    failure = null;
    node = null;
    lastAttempt = null;
    turn = null;
  }

  /** The queue it can be claimed from, or null. */
  @Nullable String claimQueue() {
    return state.isLive() && !blocked ? origin.queue() : null;
  }

  /** The concurrency key while it waits for a slot, or null. */
  @Nullable String blockedKey() {
    return blocked ? concurrencyKey().orElse(null) : null;
  }

  /** The unique key while it takes it, or null. */
  @Nullable String takenKey() {
    return origin
        .uniqueKey()
        .filter(key -> key.scope() == UniqueKey.Scope.WHILE_KEPT || state.isLive())
        .map(UniqueKey::value)
        .orElse(null);
  }

  /** Whether nothing but reading and purging happens to it, unless it is revived. */
  boolean isArchived() {
    return state.isFinal() && takenKey() == null;
  }

  Optional<String> concurrencyKey() {
    return origin.concurrency().map(Concurrency::key);
  }

  Execution snapshot(Texts texts) {
    return new Execution(
        id,
        origin.workspace(),
        origin.queue(),
        origin.handler(),
        origin.jobId(),
        origin.parentId(),
        origin.replayOf(),
        origin.trigger(),
        origin.priority(),
        state,
        dueAt,
        origin.scheduledFor(),
        origin.createdAt(),
        Optional.ofNullable(startedAt),
        Optional.ofNullable(finishedAt),
        attempt,
        lease,
        Optional.ofNullable(node),
        origin.uniqueKey().map(UniqueKey::value),
        texts.payload(),
        texts.output(),
        Optional.ofNullable(failure),
        texts.checkpoint(),
        Optional.ofNullable(progress),
        trace);
  }
}
